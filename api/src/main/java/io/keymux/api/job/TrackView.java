package io.keymux.api.job;

import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A track as JSON; what does not apply to its type is left out.
 *
 * @param bitrate in bit/s
 * @param frameRate in frames per second
 * @param sampleRate in Hz
 */
public record TrackView(
    String name,
    String type,
    String codecs,
    String language,
    List<String> labels,
    long bitrate,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Double frameRate,
    @Nullable Integer channels,
    @Nullable Integer sampleRate) {

  public static TrackView of(Track track) {
    boolean video = track.type() == TrackType.VIDEO;
    boolean audio = track.type() == TrackType.AUDIO;
    return new TrackView(
        track.name(),
        track.type().name().toLowerCase(Locale.ROOT),
        track.codecs(),
        track.language(),
        track.labels().stream().sorted().toList(),
        track.bitrate(),
        video ? track.width() : null,
        video ? track.height() : null,
        video ? track.frameRate() : null,
        audio ? track.channels() : null,
        audio ? track.sampleRate() : null);
  }
}

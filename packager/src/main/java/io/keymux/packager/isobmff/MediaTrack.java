package io.keymux.packager.isobmff;

import io.keymux.cpix.TrackType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One track of an input movie.
 *
 * @param trackId as in the file, at least 1
 * @param timescale ticks a second, at least 1
 * @param language BCP-47, shortest form; {@code und} if the file does not say
 * @param entry the only sample entry (several are refused); as it was before encryption
 * @param width of {@code tkhd} in pixels, rounded; 0 unless video
 * @param height of {@code tkhd} in pixels, rounded; 0 unless video
 * @param protection how samples are encrypted, or null if all are clear
 * @param events in the order of the file; of video if there is any, else of sound
 */
public record MediaTrack(
    int trackId,
    TrackType type,
    int timescale,
    String language,
    SampleEntry entry,
    int width,
    int height,
    EditList edit,
    SampleTable samples,
    @Nullable SampleProtection protection,
    List<EventMessage> events) {
  public MediaTrack {
    events = List.copyOf(events);
  }

  /** One whose samples are read in the clear, without events. */
  public MediaTrack(
      int trackId,
      TrackType type,
      int timescale,
      String language,
      SampleEntry entry,
      int width,
      int height,
      EditList edit,
      SampleTable samples) {
    this(trackId, type, timescale, language, entry, width, height, edit, samples, null, List.of());
  }

  MediaTrack with(List<EventMessage> newEvents) {
    return new MediaTrack(
        trackId,
        type,
        timescale,
        language,
        entry,
        width,
        height,
        edit,
        samples,
        protection,
        newEvents);
  }
}

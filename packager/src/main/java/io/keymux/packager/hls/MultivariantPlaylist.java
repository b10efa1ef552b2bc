package io.keymux.packager.hls;

import io.keymux.cpix.TrackType;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.RelativeUrl;
import io.keymux.packager.media.Rendition;
import io.keymux.packager.media.ThumbnailTrack;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The playlist of playlists: all keys, audio and text renditions, and one variant for each pair of
 * video track and audio group, or for each audio group where there is no video; again for each
 * group of text.
 *
 * @see "RFC 8216, 4.3.4 Multivariant Playlist Tags"
 */
final class MultivariantPlaylist {
  private final Presentation presentation;
  private final List<PackagedTrack> video;
  private final List<AudioGroup> groups;
  private final PictureAttributes pictures;
  private final List<SubtitleGroup> subtitles;
  private final List<String> lines = new ArrayList<>();

  private MultivariantPlaylist(Presentation presentation, List<PackagedTrack> tracks) {
    this.presentation = presentation;
    this.video = tracks.stream().filter(t -> t.track().type() == TrackType.VIDEO).toList();
    this.pictures = PictureAttributes.of(video);
    this.groups =
        AudioGroup.of(tracks.stream().filter(t -> t.track().type() == TrackType.AUDIO).toList());
    this.subtitles =
        SubtitleGroup.of(tracks.stream().filter(t -> t.track().type() == TrackType.TEXT).toList());
  }

  static String write(Presentation presentation, List<Rendition> renditions) {
    MultivariantPlaylist playlist =
        new MultivariantPlaylist(presentation, renditions.stream().map(Rendition::whole).toList());
    playlist.lines.add("#EXTM3U");
    playlist.lines.add("#EXT-X-VERSION:" + HlsWriter.VERSION);
    playlist.lines.add("#EXT-X-INDEPENDENT-SEGMENTS");
    playlist.lines.addAll(
        KeyLines.session(
            renditions.stream().flatMap(r -> r.whole().protections().stream()).toList()));
    playlist.groups.forEach(group -> playlist.lines.addAll(RenditionTags.audio(group)));
    playlist.subtitles.forEach(group -> playlist.lines.addAll(RenditionTags.subtitles(group)));
    playlist.addVariants();
    renditions.stream()
        .map(presentation::pictures)
        .filter(Rendition::hasPictures)
        .forEach(playlist::addPictures);
    for (ThumbnailTrack track : presentation.thumbnails()) {
      playlist.lines.add(new ImagePlaylist(track).streamLine());
    }
    return String.join("\n", playlist.lines) + "\n";
  }

  private void addVariants() {
    if (subtitles.isEmpty()) {
      addVariants(null);
    }
    subtitles.forEach(this::addVariants);
  }

  private void addVariants(@Nullable SubtitleGroup text) {
    if (video.isEmpty()) {
      groups.forEach(group -> addVariant(null, group, text));
    }
    for (PackagedTrack track : video) {
      if (groups.isEmpty()) {
        addVariant(track, null, text);
      }
      groups.forEach(group -> addVariant(track, group, text));
    }
  }

  private void addVariant(
      @Nullable PackagedTrack picture, @Nullable AudioGroup sound, @Nullable SubtitleGroup text) {
    long target = presentation.targetSeconds();
    Set<String> codecs = new LinkedHashSet<>();
    long peak = 0;
    long average = 0;
    if (picture != null) {
      codecs.add(picture.track().codecs());
      peak += picture.peakBitrate(target);
      average += picture.averageBitrate();
    }
    if (sound != null) {
      sound.renditions().forEach(t -> codecs.add(t.track().codecs()));
      peak += sound.peakBitrate(target);
      average += sound.averageBitrate();
    }
    if (text != null) {
      codecs.addAll(text.codecs());
      peak += text.peakBitrate(target);
      average += text.averageBitrate();
    }
    HlsTag tag =
        new HlsTag("EXT-X-STREAM-INF")
            .plain("BANDWIDTH", peak)
            // The peak ignores a short last segment, the average does not: it could come out
            // higher.
            .plain("AVERAGE-BANDWIDTH", Math.min(average, peak))
            .quoted("CODECS", String.join(",", codecs));
    if (picture != null) {
      pictures.addSupplementalCodecs(tag, picture);
      pictures.addResolution(tag, picture);
      pictures.addFrameRate(tag, picture);
      pictures.addRange(tag, picture);
      pictures.addPolicy(tag, picture);
    }
    if (sound != null) {
      tag.quoted("AUDIO", sound.id());
    }
    if (text != null) {
      tag.quoted("SUBTITLES", text.id());
    }
    if (picture != null) {
      tag.plain("CLOSED-CAPTIONS", "NONE");
    }
    lines.add(tag.toString());
    if (picture != null) {
      lines.add(HlsWriter.mediaUrl(picture));
    } else if (sound != null) {
      lines.add(HlsWriter.mediaUrl(sound.renditions().get(0)));
    }
  }

  private void addPictures(Rendition rendition) {
    PackagedTrack track = rendition.whole();
    HlsTag tag =
        new HlsTag("EXT-X-I-FRAME-STREAM-INF")
            .plain("BANDWIDTH", track.peakPictureBitrate())
            .plain("AVERAGE-BANDWIDTH", track.averagePictureBitrate())
            .quoted("CODECS", track.track().codecs());
    pictures.addSupplementalCodecs(tag, track);
    pictures.addResolution(tag, track);
    pictures.addRange(tag, track);
    pictures.addPolicy(tag, track);
    tag.quoted("URI", RelativeUrl.of(track.picturesPath()));
    lines.add(tag.toString());
  }
}

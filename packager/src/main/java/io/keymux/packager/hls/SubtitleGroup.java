package io.keymux.packager.hls;

import io.keymux.packager.media.PackagedTrack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Text renditions that a variant offers. WebVTT and each kind of TTML are groups of their own, with
 * variants of their own, so that a player which lacks one of them has the other.
 *
 * @param codecs of TTML for CODECS; empty for WebVTT files, which are no samples of a codec
 * @see "RFC 8216, 4.3.4.2 EXT-X-STREAM-INF: SUBTITLES; HLS Authoring Specification, 5 Subtitles"
 */
record SubtitleGroup(String id, List<PackagedTrack> renditions, Set<String> codecs) {
  /** In the order of their first tracks; none for no text. */
  static List<SubtitleGroup> of(List<PackagedTrack> text) {
    Map<String, List<PackagedTrack>> kinds = new LinkedHashMap<>();
    for (PackagedTrack track : text) {
      String codecs = track.track().codecs();
      kinds.computeIfAbsent(codecs, k -> new ArrayList<>()).add(track);
    }
    List<SubtitleGroup> groups = new ArrayList<>();
    kinds.forEach(
        (codecs, tracks) ->
            groups.add(
                codecs.equals("wvtt")
                    ? new SubtitleGroup("subtitles", List.copyOf(tracks), Set.of())
                    : new SubtitleGroup(
                        "subtitles-" + codecs, List.copyOf(tracks), Set.of(codecs))));
    return groups;
  }

  long peakBitrate(long targetSeconds) {
    return renditions.stream().mapToLong(t -> t.peakBitrate(targetSeconds)).max().orElse(0);
  }

  long averageBitrate() {
    return renditions.stream().mapToLong(PackagedTrack::averageBitrate).max().orElse(0);
  }
}

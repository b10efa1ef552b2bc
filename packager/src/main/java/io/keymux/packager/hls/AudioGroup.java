package io.keymux.packager.hls;

import io.keymux.packager.codec.SpatialAudio;
import io.keymux.packager.media.PackagedTrack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Audio renditions that a variant offers, one for each choice that the presentation has.
 *
 * <p>Groups differ in codec, channels or quality. All groups must have the same members, so a
 * choice that lacks a group's codec or channels joins it with its first track.
 *
 * @param renditions in the order of the presentation
 * @see "RFC 8216, 4.3.4.1.1 Rendition Groups"
 */
record AudioGroup(String id, List<PackagedTrack> renditions) {
  /** In the order of their first tracks; none for no audio. */
  static List<AudioGroup> of(List<PackagedTrack> audio) {
    Map<RenditionChoice, PackagedTrack> firstByChoice = new LinkedHashMap<>();
    Map<String, Map<RenditionChoice, PackagedTrack>> kinds = new LinkedHashMap<>();
    for (PackagedTrack track : audio) {
      RenditionChoice choice = RenditionChoice.of(track);
      firstByChoice.putIfAbsent(choice, track);
      int quality = 1;
      while (members(kinds, track, quality).putIfAbsent(choice, track) != null) {
        quality++;
      }
    }
    List<AudioGroup> groups = new ArrayList<>();
    Set<List<String>> seen = new LinkedHashSet<>();
    kinds.forEach(
        (id, members) -> {
          List<PackagedTrack> renditions = new ArrayList<>();
          firstByChoice.forEach(
              (choice, first) -> renditions.add(members.getOrDefault(choice, first)));
          if (seen.add(renditions.stream().map(t -> t.track().name()).toList())) {
            groups.add(new AudioGroup(id, List.copyOf(renditions)));
          }
        });
    return groups;
  }

  private static Map<RenditionChoice, PackagedTrack> members(
      Map<String, Map<RenditionChoice, PackagedTrack>> kinds, PackagedTrack track, int quality) {
    SpatialAudio spatial = track.details().spatial();
    String id =
        "audio-"
            + track.track().codecs()
            + "-"
            + track.track().channels()
            + "ch"
            + (spatial == null ? "" : "-" + spatial.kind().name().toLowerCase(Locale.ROOT));
    return kinds.computeIfAbsent(
        quality == 1 ? id : id + "-" + quality, k -> new LinkedHashMap<>());
  }

  long peakBitrate(long targetSeconds) {
    return renditions.stream().mapToLong(t -> t.peakBitrate(targetSeconds)).max().orElse(0);
  }

  long averageBitrate() {
    return renditions.stream().mapToLong(PackagedTrack::averageBitrate).max().orElse(0);
  }
}

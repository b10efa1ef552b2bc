package io.keymux.packager.hls;

import io.keymux.cpix.Track;
import io.keymux.packager.codec.SpatialAudio;
import io.keymux.packager.media.PackagedTrack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The EXT-X-MEDIA lines of a group.
 *
 * @see "RFC 8216, 4.3.4.1 EXT-X-MEDIA"
 */
final class RenditionTags {
  private RenditionTags() {}

  /** The rendition that the job prefers plays by default, else the first. */
  static List<String> audio(AudioGroup group) {
    List<PackagedTrack> renditions = group.renditions();
    Map<RenditionChoice, String> names = RenditionName.of(renditions, "Audio");
    int usual = 0;
    while (usual < renditions.size() && !renditions.get(usual).details().selection().preferred()) {
      usual++;
    }
    usual = usual == renditions.size() ? 0 : usual;
    Set<List<Object>> automatic = new HashSet<>();
    // The default is chosen without being asked for, so it comes first in this, too.
    automatic.add(RenditionChoice.of(renditions.get(usual)).automatic());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < renditions.size(); i++) {
      PackagedTrack rendition = renditions.get(i);
      RenditionChoice choice = RenditionChoice.of(rendition);
      boolean isDefault = i == usual;
      HlsTag tag = start("AUDIO", group.id(), choice, names.getOrDefault(choice, ""));
      tag.plain("DEFAULT", isDefault ? "YES" : "NO");
      tag.plain("AUTOSELECT", isDefault || automatic.add(choice.automatic()) ? "YES" : "NO");
      characteristics(tag, choice);
      String channels = channels(rendition);
      if (!channels.isEmpty()) {
        tag.quoted("CHANNELS", channels);
      }
      lines.add(end(tag, rendition));
    }
    return lines;
  }

  /** None plays by default unless the job prefers it. */
  static List<String> subtitles(SubtitleGroup group) {
    List<PackagedTrack> renditions = group.renditions();
    Map<RenditionChoice, String> names = RenditionName.of(renditions, "Subtitles");
    Set<String> taken = new HashSet<>();
    Set<List<Object>> automatic = new HashSet<>();
    PackagedTrack usual =
        renditions.stream()
            .filter(r -> r.details().selection().preferred())
            .findFirst()
            .orElse(null);
    if (usual != null) {
      automatic.add(RenditionChoice.of(usual).automatic());
    }
    List<String> lines = new ArrayList<>();
    for (PackagedTrack rendition : renditions) {
      RenditionChoice choice = RenditionChoice.of(rendition);
      String plain = names.getOrDefault(choice, "");
      String name = plain;
      for (int n = 2; !taken.add(name); n++) {
        name = plain + " " + n;
      }
      boolean isDefault = rendition.equals(usual);
      HlsTag tag = start("SUBTITLES", group.id(), choice, name);
      tag.plain("DEFAULT", isDefault ? "YES" : "NO");
      tag.plain("AUTOSELECT", isDefault || automatic.add(choice.automatic()) ? "YES" : "NO");
      if (choice.isForced()) {
        tag.plain("FORCED", "YES");
      }
      characteristics(tag, choice);
      lines.add(end(tag, rendition));
    }
    return lines;
  }

  private static HlsTag start(String type, String group, RenditionChoice choice, String name) {
    HlsTag tag = new HlsTag("EXT-X-MEDIA").plain("TYPE", type).quoted("GROUP-ID", group);
    if (!choice.language().equals("und")) {
      tag.quoted("LANGUAGE", choice.language());
    }
    return tag.quoted("NAME", name);
  }

  private static void characteristics(HlsTag tag, RenditionChoice choice) {
    List<String> characteristics = choice.characteristics();
    if (!characteristics.isEmpty()) {
      tag.quoted("CHARACTERISTICS", String.join(",", characteristics));
    }
  }

  private static String end(HlsTag tag, PackagedTrack rendition) {
    return tag.quoted("URI", HlsWriter.mediaUrl(rendition)).toString();
  }

  /** Objects count instead of channels: {@code 16/JOC}. */
  private static String channels(PackagedTrack rendition) {
    Track track = rendition.track();
    SpatialAudio spatial = rendition.details().spatial();
    if (spatial != null) {
      return spatial.channels() + "/" + spatial.kind();
    }
    return track.channels() > 0 ? Integer.toString(track.channels()) : "";
  }
}

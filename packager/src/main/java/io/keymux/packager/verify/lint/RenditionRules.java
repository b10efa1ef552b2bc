package io.keymux.packager.verify.lint;

import io.keymux.packager.verify.lint.PlaylistText.Line;
import io.keymux.packager.verify.manifest.HlsAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * EXT-X-MEDIA lines: members of a group tell themselves apart, and players can choose from them.
 *
 * @see "RFC 8216, 4.3.4.1 EXT-X-MEDIA and 4.3.4.1.1 Rendition Groups"
 */
final class RenditionRules {
  private final PlaylistText playlist;
  private final LintProblems problems;
  private final Map<List<String>, Group> groups = new HashMap<>();

  private static final class Group {
    final Set<String> names = new HashSet<>();
    final Set<List<String>> automatic = new HashSet<>();
    boolean hasDefault;
  }

  RenditionRules(PlaylistText playlist, LintProblems problems) {
    this.playlist = playlist;
    this.problems = problems;
  }

  void check() {
    for (Line line : playlist.all("EXT-X-MEDIA")) {
      check(line.attributes(), playlist.place(line));
    }
  }

  boolean has(String type, String group) {
    return groups.containsKey(List.of(type, group));
  }

  private void check(HlsAttributes media, String place) {
    String type = media.text("TYPE");
    for (String attribute : List.of("TYPE", "GROUP-ID", "NAME")) {
      if (media.text(attribute).isEmpty()) {
        problems.error("hls-attribute-missing", place, "a rendition without " + attribute);
      }
    }
    if (type.equals("SUBTITLES") && media.text("URI").isEmpty()) {
      problems.error("hls-attribute-missing", place, "subtitles without URI");
    }
    Group group = groups.computeIfAbsent(List.of(type, media.text("GROUP-ID")), key -> new Group());
    if (!group.names.add(media.text("NAME"))) {
      contradiction(place, "the group has two renditions named " + media.text("NAME"));
    }
    boolean isDefault = media.text("DEFAULT").equals("YES");
    if (isDefault && group.hasDefault) {
      contradiction(place, "the group has two renditions that are the default");
    }
    group.hasDefault |= isDefault;
    boolean automatic = media.text("AUTOSELECT").equals("YES");
    if (isDefault && media.text("AUTOSELECT").equals("NO")) {
      contradiction(place, "DEFAULT=YES with AUTOSELECT=NO");
    }
    if (media.text("FORCED").equals("YES") && !type.equals("SUBTITLES")) {
      contradiction(place, "FORCED=YES of TYPE=" + type);
    }
    List<String> choice =
        List.of(
            media.text("LANGUAGE"),
            media.text("ASSOC-LANGUAGE"),
            media.text("FORCED"),
            media.text("CHARACTERISTICS"));
    if (automatic && !group.automatic.add(choice)) {
      contradiction(
          place, "two renditions with AUTOSELECT=YES agree in language and characteristics");
    }
  }

  private void contradiction(String place, String message) {
    problems.error("hls-group-contradiction", place, message);
  }
}

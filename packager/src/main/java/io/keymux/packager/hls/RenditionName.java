package io.keymux.packager.hls;

import io.keymux.packager.media.PackagedTrack;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The NAME of an audio rendition: the language in English, as players show it. The same in every
 * group, unique in each.
 */
final class RenditionName {
  private RenditionName() {}

  /** Names by language tag. */
  static Map<String, String> of(List<PackagedTrack> renditions) {
    Map<String, String> names = new LinkedHashMap<>();
    for (PackagedTrack rendition : renditions) {
      String language = rendition.track().language();
      names.put(language, display(language));
    }
    Collection<String> all = List.copyOf(names.values());
    names.replaceAll(
        (language, name) ->
            all.stream().filter(name::equals).count() == 1 ? name : name + " (" + language + ")");
    return names;
  }

  private static String display(String language) {
    if (language.equals("und")) {
      return "Audio";
    }
    String name = Locale.forLanguageTag(language).getDisplayName(Locale.ENGLISH);
    return name.isEmpty() ? language : name;
  }
}

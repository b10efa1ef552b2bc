package io.keymux.packager.job;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.Container;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What a job is that does not say it, from the DRM systems that it wants. */
record JobDefaults(Set<DrmSystem> systems) {
  static JobDefaults of(Set<DrmSystem> systems) {
    return new JobDefaults(
        systems.isEmpty() ? Set.of(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY) : systems);
  }

  Container container() {
    return systems.contains(DrmSystem.SAMPLE_AES) ? Container.TS : Container.FMP4;
  }

  Set<OutputFormat> formats(Container container) {
    boolean hlsOnly = container == Container.TS || systems.contains(DrmSystem.AES_128);
    return hlsOnly ? EnumSet.of(OutputFormat.HLS) : EnumSet.allOf(OutputFormat.class);
  }

  ProtectionScheme scheme() {
    if (systems.contains(DrmSystem.AES_128)) {
      return ProtectionScheme.CBC1;
    }
    return systems.contains(DrmSystem.SAMPLE_AES) || systems.contains(DrmSystem.FAIRPLAY)
        ? ProtectionScheme.CBCS
        : ProtectionScheme.CENC;
  }

  /** The first input's file name without its ending, other characters as {@code _}. */
  static String contentId(JobInput input) {
    String id = name(input).replaceAll("[^A-Za-z0-9_-]", "_");
    return id.isEmpty() ? "content" : id.substring(0, Math.min(128, id.length()));
  }

  private static String name(JobInput input) {
    // All initialization segments are called init: their folder tells more.
    boolean init = !input.segments().isEmpty() && !input.file().folderName().isEmpty();
    String file = init ? input.file().folderName() : input.file().fileName();
    return file.replaceFirst("\\.[^.]*$", "");
  }

  /** What an input gives to the names of files. */
  static Map<String, String> names(JobInput input) {
    String name = name(input);
    String file = input.file().fileName();
    return Map.of(
        "inputName",
        name.isEmpty() ? "input" : name,
        "inputFormat",
        file.substring(file.lastIndexOf('.') + 1));
  }
}

package io.keymux.packager;

import io.keymux.packager.dash.MpdWriter;
import io.keymux.packager.hls.HlsWriter;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.OutputNames;
import io.keymux.packager.media.Presentation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The manifests of a job, by path relative to the output folder. */
final class Manifests {
  private static final String MPD = "manifest.mpd";
  private static final String MULTIVARIANT = "master.m3u8";

  private Manifests() {}

  /**
   * @param names or null for the usual ones
   */
  static Map<String, String> of(
      Set<OutputFormat> formats, Presentation presentation, @Nullable OutputNames names) {
    Map<String, String> manifests = new LinkedHashMap<>();
    if (formats.contains(OutputFormat.DASH)) {
      manifests.put(mpd(names), MpdWriter.write(presentation));
    }
    if (formats.contains(OutputFormat.HLS)) {
      Map<String, String> playlists = new LinkedHashMap<>(HlsWriter.write(presentation));
      String multivariant = playlists.remove(MULTIVARIANT);
      manifests.putAll(playlists);
      manifests.put(multivariant(names), String.valueOf(multivariant));
    }
    return manifests;
  }

  /** What players and people open, in the order in which it appears; players' manifests last. */
  static List<String> entryPoints(@Nullable OutputNames names) {
    return List.of(report(names), multivariant(names), mpd(names));
  }

  static String report(@Nullable OutputNames names) {
    return names == null ? JobReport.FILE : names.manifest(JobReport.FILE);
  }

  private static String mpd(@Nullable OutputNames names) {
    return names == null ? MPD : names.manifest("mpd");
  }

  private static String multivariant(@Nullable OutputNames names) {
    return names == null ? MULTIVARIANT : names.manifest("m3u8");
  }
}

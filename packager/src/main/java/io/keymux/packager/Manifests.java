package io.keymux.packager;

import io.keymux.packager.dash.MpdWriter;
import io.keymux.packager.hls.HlsWriter;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.media.Presentation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The manifests of a job, by path relative to the output folder. */
final class Manifests {
  private static final String MPD = "manifest.mpd";
  private static final String MULTIVARIANT = "master.m3u8";

  private Manifests() {}

  static Map<String, String> of(Set<OutputFormat> formats, Presentation presentation) {
    Map<String, String> manifests = new LinkedHashMap<>();
    if (formats.contains(OutputFormat.DASH)) {
      manifests.put(MPD, MpdWriter.write(presentation));
    }
    if (formats.contains(OutputFormat.HLS)) {
      manifests.putAll(HlsWriter.write(presentation));
    }
    return manifests;
  }

  /** What players and people open, in the order in which it appears; players' manifests last. */
  static List<String> entryPoints() {
    return List.of(JobReport.FILE, MULTIVARIANT, MPD);
  }
}

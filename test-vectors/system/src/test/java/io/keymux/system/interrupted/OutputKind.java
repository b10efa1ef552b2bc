package io.keymux.system.interrupted;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Containers and kinds of encryption, as a job and as a command line. */
enum OutputKind {
  FMP4_SEGMENTS(DrmSystem.WIDEVINE, "widevine", Container.FMP4, Layout.SEGMENTS),
  FMP4_SINGLE_FILE(DrmSystem.WIDEVINE, "widevine", Container.FMP4, Layout.SINGLE_FILE),
  AES_128_FMP4(DrmSystem.AES_128, "aes-128", Container.FMP4, Layout.SEGMENTS),
  AES_128_TS(DrmSystem.AES_128, "aes-128", Container.TS, Layout.SEGMENTS),
  SAMPLE_AES_TS(DrmSystem.SAMPLE_AES, "sample-aes", Container.TS, Layout.SEGMENTS);

  private static final String KEY_URI = "https://keys.example/{kid}";

  private final DrmSystem system;
  private final String name;
  private final Container container;
  private final Layout layout;

  OutputKind(DrmSystem system, String name, Container container, Layout layout) {
    this.system = system;
    this.name = name;
    this.container = container;
    this.layout = layout;
  }

  static List<Path> inputs() {
    Path ladder = Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");
    return List.of(ladder.resolve("video-360p.mp4"), ladder.resolve("audio-stereo.mp4"));
  }

  PackagingJob job(Path output) {
    PackagingJob.Builder job =
        PackagingJob.builder()
            .contentId("interrupted")
            .systems(system)
            .container(container)
            .layout(layout)
            .formats(EnumSet.of(OutputFormat.HLS))
            .signaling(SignalingSettings.DEFAULT.withKeyUri(KEY_URI))
            .segmentSeconds(2)
            .output(output);
    inputs().forEach(job::input);
    return job.build();
  }

  List<String> arguments(Path output, Path data) {
    List<String> arguments = new ArrayList<>(List.of("package"));
    inputs().forEach(input -> arguments.add(input.toString()));
    arguments.addAll(
        List.of("--drm", name, "--container", container == Container.TS ? "ts" : "fmp4"));
    arguments.addAll(List.of("--layout", layout == Layout.SEGMENTS ? "segments" : "single-file"));
    arguments.addAll(List.of("--formats", "hls", "--segment-duration", "2"));
    arguments.addAll(List.of("--data", data.toString(), "-o", output.toString()));
    if (system != DrmSystem.WIDEVINE) {
      arguments.addAll(List.of("--key-uri", KEY_URI));
    }
    return arguments;
  }
}

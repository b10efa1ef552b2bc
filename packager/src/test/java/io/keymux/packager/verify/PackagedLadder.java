package io.keymux.packager.verify;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The sample ladder, packaged by this project. */
final class PackagedLadder {
  static final List<Path> SOURCES =
      Stream.of("video-360p", "video-540p", "video-720p", "audio-stereo")
          .map(
              name ->
                  Path.of(System.getProperty("keymux.root", ".."))
                      .resolve("test-vectors/vectors/sample-ladder")
                      .resolve(name + ".mp4"))
          .toList();

  private PackagedLadder() {}

  /** Into a folder that does not exist yet. */
  static JobResult packInto(
      Path folder, ProtectionScheme scheme, Layout layout, KeyRule rule, List<Path> sources)
      throws InterruptedException {
    return packInto(folder, scheme, layout, rule, sources, job -> {});
  }

  /**
   * @param more wishes of a test
   */
  static JobResult packInto(
      Path folder,
      ProtectionScheme scheme,
      Layout layout,
      KeyRule rule,
      List<Path> sources,
      Consumer<PackagingJob.Builder> more)
      throws InterruptedException {
    List<DrmSystem> systems = new ArrayList<>(List.of(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY));
    if (scheme == ProtectionScheme.CBCS) {
      systems.add(DrmSystem.FAIRPLAY);
    }
    PackagingJob.Builder job =
        PackagingJob.builder()
            .contentId("ladder")
            .scheme(scheme)
            .layout(layout)
            .keyRule(rule)
            .systems(systems)
            .segmentSeconds(4)
            .verify(VerifyLevel.FULL)
            .output(folder);
    sources.forEach(job::input);
    more.accept(job);
    return Keymux.packager().keys(TestKeys.exchange()).workers(1).run(job.build());
  }
}

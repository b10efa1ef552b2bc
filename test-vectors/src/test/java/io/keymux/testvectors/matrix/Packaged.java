package io.keymux.testvectors.matrix;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.Engine;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import io.keymux.testvectors.judge.KeyRing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One run of the packager by the library, with test keys.
 *
 * @param folder the output
 * @param keys all keys of the job
 */
public record Packaged(Path folder, JobResult result, KeyRing keys) {

  /** What is varied. */
  public record Options(ProtectionScheme scheme, Layout layout, KeyRule rule, int workers) {}

  /** Packages without any address in the signalling. */
  public static Packaged run(List<Path> inputs, Options options, Path folder)
      throws InterruptedException {
    return run(inputs, options, SignalingSettings.DEFAULT, folder);
  }

  public static Packaged run(
      List<Path> inputs, Options options, SignalingSettings signaling, Path folder)
      throws InterruptedException {
    return run(inputs, options, job -> job.signaling(signaling), folder);
  }

  /**
   * @param more wishes of a test
   */
  public static Packaged run(
      List<Path> inputs, Options options, Consumer<PackagingJob.Builder> more, Path folder)
      throws InterruptedException {
    return run(inputs, options, more, Engine.NATIVE, folder);
  }

  /**
   * @param more wishes of a test
   */
  public static Packaged run(
      List<Path> inputs,
      Options options,
      Consumer<PackagingJob.Builder> more,
      Engine engine,
      Path folder)
      throws InterruptedException {
    PackagingJob.Builder job =
        PackagingJob.builder()
            .contentId("matrix")
            .systems(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY, DrmSystem.CLEARKEY)
            .scheme(options.scheme())
            .keyRule(options.rule())
            .layout(options.layout())
            .segmentSeconds(2)
            .output(folder);
    more.accept(job);
    inputs.forEach(job::input);
    TestKeys keys = new TestKeys();
    JobResult result =
        Keymux.packager().workers(options.workers()).engine(engine).keys(keys).run(job.build());
    return new Packaged(folder, result, keys.ring());
  }

  public List<PackagedTrack> tracks() {
    return result.presentation().tracks();
  }

  /** Writes the init segment and all segments of a track one after the other. */
  public void join(PackagedTrack track, Path into) throws IOException {
    Set<String> paths = new LinkedHashSet<>();
    paths.add(track.initPath());
    for (Segment segment : track.segments()) {
      paths.add(segment.path());
    }
    try (OutputStream out = Files.newOutputStream(into)) {
      for (String path : paths) {
        Files.copy(folder.resolve(path), out);
      }
    }
  }
}

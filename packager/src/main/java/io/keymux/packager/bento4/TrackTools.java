package io.keymux.packager.bento4;

import io.keymux.cpix.DrmException;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.media.Layout;
import io.keymux.packager.output.PublishGuard;
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.plan.ProtectionSpan;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackFiles;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.plan.TrackSource;
import io.keymux.packager.tool.ToolCommand;
import io.keymux.packager.tool.ToolRunner;
import io.keymux.packager.write.NativeEngine;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the two programs over one track.
 *
 * <pre>
 * input --mp4fragment--> clear.mp4 --mp4encrypt--> encrypted.mp4
 * </pre>
 */
final class TrackTools {
  private final Bento4Tools tools;
  private final TrackPlan plan;
  private final PrivateFolder folder;
  private final EngineProgress progress;
  private final CancelToken cancel;

  TrackTools(
      Bento4Tools tools,
      TrackPlan plan,
      PrivateFolder folder,
      EngineProgress progress,
      CancelToken cancel) {
    this.tools = tools;
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
    this.cancel = cancel;
  }

  /**
   * Makes an encrypted file of the track. Of what lies in the folder nothing else is left.
   *
   * @throws DrmException if a program fails or its file is not as planned, or the job is cancelled
   */
  EncryptedTrack encrypt(TrackEncryption encryption) throws InterruptedException {
    Path clear = folder.file("clear.mp4");
    fragment(clear);
    int trackId;
    try (EncryptedTrack fragmented = open(clear)) {
      if (FragmentWalk.walk(fragmented.source(), traf -> {}) == 0) {
        throw BadBento4File.wrong(plan, "it is not fragmented");
      }
      trackId = fragmented.media().trackId();
    }
    Path encrypted = folder.file("encrypted.mp4");
    run(EncryptCommand.of(tools.mp4encrypt(), trackId, encryption, clear, encrypted), encrypted);
    folder.delete(clear);
    return open(encrypted);
  }

  private void fragment(Path clear) throws InterruptedException {
    TrackSource from = plan.source();
    if (from.source() instanceof FileSource file && from.details().picturesOf() == null) {
      Path input = Path.of(file.name()).toAbsolutePath();
      run(
          fragmentCommand()
              .args("--track", Integer.toString(from.media().trackId()))
              .args(input.toString(), clear.toString()),
          clear);
      return;
    }
    // The programs know neither joined files, nor source keys, nor parts of a track.
    try (StagedOutput own = StagedOutput.open(folder.path(), PublishGuard.NONE)) {
      TrackPlan plain = clear(plan);
      new NativeEngine(1)
          .pack(List.of(plain), Layout.SINGLE_FILE, own, ProgressListener.NONE, cancel);
      Path input = own.folder().resolve(TrackFiles.single(plain));
      run(fragmentCommand().args(input.toString(), clear.toString()), clear);
    }
  }

  /** A fixed duration: what it finds out by itself fails on a first sample that is no picture. */
  private ToolCommand fragmentCommand() {
    return ToolCommand.of(tools.mp4fragment()).args("--quiet", "--fragment-duration", "2000");
  }

  /** The same track without encryption, and without what the programs may not know. */
  private static TrackPlan clear(TrackPlan plan) {
    TrackSource from = plan.source();
    return new TrackPlan(
        new TrackSource(
            from.track(),
            from.details(),
            from.media().with(from.media().edit(), from.media().samples()),
            from.codec(),
            from.source(),
            from.fingerprint()),
        0,
        plan.decodeTimeShift(),
        1,
        plan.segments(),
        List.of(new ProtectionSpan(0, plan.segments().size(), null)),
        List.of());
  }

  private EncryptedTrack open(Path file) {
    try {
      return EncryptedTrack.open(file, plan);
    } catch (DrmException e) {
      folder.requireSpace();
      throw e;
    }
  }

  /** Follows the growth of a program's file. */
  private void run(ToolCommand command, Path made) throws InterruptedException {
    long bytes = EngineProgress.bytes(plan);
    ToolRunner runner = new ToolRunner(tools.timeout(plan.source().source().size()));
    try {
      runner.run(
          command,
          () -> {
            cancel.check();
            progress.at(made.toFile().length(), bytes);
          });
    } catch (DrmException e) {
      // The end of the JVM kills the program and cancels the job, whichever comes first.
      cancel.check();
      throw e;
    }
    progress.end(bytes);
  }
}

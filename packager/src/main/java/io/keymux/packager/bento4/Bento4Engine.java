package io.keymux.packager.bento4;

import io.keymux.packager.isobmff.SampleProtection;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.write.NativeEngine;
import io.keymux.packager.write.SampleEncryptors;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets Bento4 encrypt, one track after the other, and writes its samples as planned: segments, init
 * segments and signalling are those of the first engine.
 *
 * <p>Beside the output there is a private folder with one track in the clear and once more
 * encrypted, in files that only this user can read.
 */
public final class Bento4Engine {
  private final Bento4Tools tools;
  private final int workers;

  /**
   * @param workers threads that write, at least 1
   */
  public Bento4Engine(Bento4Tools tools, int workers) {
    this.tools = tools;
    this.workers = workers;
  }

  /**
   * Writes all tracks; those that stay clear pass no program.
   *
   * @return the tracks in the order of the plans
   * @throws io.keymux.cpix.DrmException with a code of {@link
   *     io.keymux.packager.tool.ToolException} if a program fails, {@code tool-output-wrong} if its
   *     file is not as planned, {@code bento4-not-supported} if a key brings what it cannot do, or
   *     as {@link NativeEngine#pack}; {@code output} then holds parts
   */
  public List<PackagedTrack> pack(
      List<TrackPlan> plans,
      Layout layout,
      StagedOutput output,
      ProgressListener listener,
      CancelToken cancel)
      throws InterruptedException {
    EngineProgress progress = new EngineProgress(plans, listener);
    List<PackagedTrack> tracks = new ArrayList<>();
    for (TrackPlan plan : plans) {
      cancel.check();
      TrackEncryption encryption = plan.encryption();
      if (encryption == null) {
        tracks.add(write(plan, SampleEncryptors.NATIVE, layout, output, progress, cancel));
        continue;
      }
      Bento4Limits.require(plan, encryption);
      try (PrivateFolder folder = PrivateFolder.in(output.folder());
          EncryptedTrack track =
              new TrackTools(tools, plan, folder, progress, cancel).encrypt(encryption)) {
        SampleProtection protection = EncryptedTrackCheck.check(plan, encryption, track);
        boolean subsamples = plan.source().codec().subsamples() != null;
        SampleEncryptors copying =
            (any, same) -> new CopyingEncryptor(same, protection, subsamples);
        tracks.add(write(track.as(plan), copying, layout, output, progress, cancel));
      }
    }
    return tracks;
  }

  private PackagedTrack write(
      TrackPlan plan,
      SampleEncryptors encryptors,
      Layout layout,
      StagedOutput output,
      EngineProgress progress,
      CancelToken cancel)
      throws InterruptedException {
    PackagedTrack written =
        new NativeEngine(workers, encryptors)
            .pack(
                List.of(plan), layout, output, (stage, done, all) -> progress.at(done, all), cancel)
            .get(0);
    progress.end(EngineProgress.bytes(plan));
    return written;
  }
}

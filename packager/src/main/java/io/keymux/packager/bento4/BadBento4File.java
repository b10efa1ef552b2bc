package io.keymux.packager.bento4;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.plan.TrackPlan;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a file that a program made: it ends with status 0 all the same. */
final class BadBento4File {
  private BadBento4File() {}

  static DrmException wrong(TrackPlan plan, String problem) {
    return wrong(plan, problem, null);
  }

  static DrmException wrong(TrackPlan plan, String problem, @Nullable Throwable cause) {
    return new DrmException(
        Blame.UPSTREAM,
        "tool-output-wrong",
        "Track %s: the file that Bento4 made of it is not usable: %s."
            .formatted(plan.name(), problem.replaceAll("[.]$", "")),
        "Check with keymux doctor that Bento4 is new enough; otherwise use the engine native.",
        cause);
  }

  /** The one-byte sizes of {@code saiz} have wrapped, which players notice first. */
  static DrmException tooManySubsamples(TrackPlan plan, int sample, int subsamples, int bytes) {
    return new DrmException(
        Blame.UNSUPPORTED,
        "too-many-subsamples",
        "Track %s, sample %d has %d subsamples, %d bytes of auxiliary information; saiz has room for"
                .formatted(plan.name(), sample, subsamples, bytes)
            + " 255.",
        "Encode with fewer slices a frame.");
  }
}

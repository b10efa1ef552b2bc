package io.keymux.packager.write;

import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.SegmentEvents;
import io.keymux.packager.plan.TrackPlan;
import org.jspecify.annotations.Nullable;

/** Writes what stands before the samples of a fragment. */
final class FragmentHeader {
  private final TrackPlan plan;
  private final BoxWriter out;

  /**
   * @param out is emptied before each fragment by whoever owns it
   */
  FragmentHeader(TrackPlan plan, BoxWriter out) {
    this.plan = plan;
    this.out = out;
  }

  /**
   * Appends the boxes before the {@code moof}, the {@code moof}, and the header of the {@code
   * mdat}.
   *
   * @param index of the fragment in the run
   * @param with what has encrypted the samples, or null if they are clear
   * @return where the {@code moof} begins in {@code out}
   */
  int write(FragmentRun run, int index, @Nullable SampleEncryptor with) {
    if (index == 0 && run.opensFile()) {
      styp();
    }
    FragmentPlan fragment = run.fragments().get(index);
    boolean startsSegment = run.firstFragment() + index == 0;
    if (startsSegment) {
      SegmentEvents.of(plan, run.segmentIndex()).forEach(event -> event.write(out));
    }
    int moof = out.size();
    Moof.write(
        out,
        plan,
        fragment,
        run.firstSequence() + index,
        with == null ? null : with.encryption(),
        with == null ? null : with.info(),
        startsSegment);
    return moof;
  }

  private void styp() {
    out.box(
        FourCc.of("styp"),
        () -> out.u32(FourCc.of("msdh")).u32(0).u32(FourCc.of("msdh")).u32(FourCc.of("cmfs")));
  }
}

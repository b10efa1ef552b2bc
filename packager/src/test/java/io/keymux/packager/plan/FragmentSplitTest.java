package io.keymux.packager.plan;

import static io.keymux.packager.plan.SegmentPlannerTest.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a segment is split into fragments. */
class FragmentSplitTest {
  private static final int MIB = 1024 * 1024;

  @Test
  void plan_moreBytesThanABuffer_splitsIntoFragmentsAtSamples() {
    TrackSource video = FakeTrack.video(25, 150, 1, 150).size(i -> i < 10 ? MIB : 100).build();

    assertThat(plan(6, video).get(0).get(0).fragments())
        .containsExactly(
            new FragmentPlan(0, 4, 4 * MIB),
            new FragmentPlan(4, 8, 4 * MIB),
            new FragmentPlan(8, 150, 2 * MIB + 140 * 100));
  }

  @Test
  void plan_sampleLargerThanABuffer_isAFragmentOfItsOwn() {
    TrackSource video = FakeTrack.video(25, 3, 1, 1).size(i -> i == 1 ? 9 * MIB : 10).build();

    assertThat(plan(6, video).get(0).get(0).fragments())
        .containsExactly(
            new FragmentPlan(0, 1, 10),
            new FragmentPlan(1, 2, 9 * MIB),
            new FragmentPlan(2, 3, 10));
  }

  @ParameterizedTest
  @CsvSource({"avc1, 3", "hvc1, 3", "avc3, 1", "hev1, 1"})
  void plan_parameterSetsMayChangeInBand_keepsSegmentsWhole(String format, int fragments) {
    TrackSource video = FakeTrack.video(25, 10, 1, 10).format(format).size(i -> MIB).build();

    assertThat(plan(6, video).get(0).get(0).fragments()).hasSize(fragments);
  }
}

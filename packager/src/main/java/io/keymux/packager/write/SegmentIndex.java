package io.keymux.packager.write;

import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.media.Segment;
import io.keymux.packager.plan.SegmentPlan;
import io.keymux.packager.plan.TrackPlan;
import java.util.List;

/**
 * The {@code sidx} of a single-file track. Its size depends on the number of segments only, so the
 * media behind it can be written first.
 *
 * @see "ISO/IEC 14496-12, 8.16.3 Segment Index Box"
 */
final class SegmentIndex {
  private static final int FIXED_BYTES = 40;
  private static final int REFERENCE_BYTES = 12;
  private static final int REFERENCE_ID = 1;

  private SegmentIndex() {}

  static int size(int segments) {
    return FIXED_BYTES + REFERENCE_BYTES * segments;
  }

  static byte[] of(TrackPlan plan, List<Segment> segments) {
    BoxWriter out = new BoxWriter(size(segments.size()));
    SampleTable samples = plan.source().media().samples();
    out.fullBox(
        FourCc.of("sidx"),
        1,
        0,
        () -> {
          out.u32(REFERENCE_ID).u32(plan.source().media().timescale());
          out.u64(segments.get(0).start()).u64(0);
          out.u16(0).u16(segments.size());
          for (int i = 0; i < segments.size(); i++) {
            out.u32(segments.get(i).range().length()).u32(segments.get(i).duration());
            out.u32(sap(samples, plan.segments().get(i)));
          }
        });
    return out.toByteArray();
  }

  /** Type 1 if the sync sample comes first in presentation too, 3 with leading pictures. */
  private static long sap(SampleTable samples, SegmentPlan segment) {
    int first = segment.firstSample();
    long start = samples.presentationTime(first);
    for (int i = first; i < segment.endSample(); i++) {
      if (samples.presentationTime(i) < start) {
        return 0xb0000000L;
      }
    }
    return 0x90000000L;
  }
}

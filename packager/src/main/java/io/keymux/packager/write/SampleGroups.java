package io.keymux.packager.write;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.SampleGroup;
import java.util.List;

/**
 * Writes the sample groups that the input has: all descriptions in the init segment, and in each
 * fragment which of its samples have them.
 *
 * @see "ISO/IEC 14496-12, 8.9 Sample group structures"
 */
final class SampleGroups {
  private SampleGroups() {}

  /** Writes {@code sgpd} into {@code stbl}. */
  static void describe(BoxWriter out, SampleGroup group) {
    List<Bytes> descriptions = group.descriptions();
    int length = descriptions.get(0).size();
    boolean sameLength = descriptions.stream().allMatch(d -> d.size() == length) && length > 0;
    out.fullBox(
        FourCc.of("sgpd"),
        1,
        0,
        () -> {
          out.u32(group.type()).u32(sameLength ? length : 0).u32(descriptions.size());
          for (Bytes description : descriptions) {
            if (!sameLength) {
              out.u32(description.size());
            }
            out.bytes(description.toArray());
          }
        });
  }

  /**
   * Writes {@code sbgp} into {@code traf}, unless no sample has a description.
   *
   * @param first index of the fragment's first sample
   * @param end one behind its last
   */
  static void assign(BoxWriter out, SampleGroup group, int first, int end) {
    List<SampleGroup.Run> runs = group.runs(first, end);
    if (runs.isEmpty()) {
      return;
    }
    Long parameter = group.parameter();
    out.fullBox(
        FourCc.of("sbgp"),
        parameter == null ? 0 : 1,
        0,
        () -> {
          out.u32(group.type());
          if (parameter != null) {
            out.u32(parameter);
          }
          out.u32(runs.size());
          runs.forEach(run -> out.u32(run.samples()).u32(run.index()));
        });
  }
}

package io.keymux.packager.write;

import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.plan.TrackEncryption;

/**
 * The sample group {@code seig} of a fragment whose key is not the one of the init segment: all of
 * its samples are in the one group that it describes itself.
 *
 * @see "ISO/IEC 23001-7, 6 Encryption Parameters shared by groups of samples"
 */
public final class KeyGroup {
  private static final int GROUPING_TYPE = FourCc.of("seig");

  /** Descriptions in the fragment itself are numbered from here. */
  private static final int FIRST_LOCAL_INDEX = 0x10001;

  private KeyGroup() {}

  /**
   * Writes {@code sbgp} and {@code sgpd}.
   *
   * @param samples of the fragment
   */
  public static void write(BoxWriter out, TrackEncryption encryption, int samples) {
    out.fullBox(
        FourCc.of("sbgp"),
        0,
        0,
        () -> out.u32(GROUPING_TYPE).u32(1).u32(samples).u32(FIRST_LOCAL_INDEX));
    BoxWriter entry = new BoxWriter(64);
    ProtectedSampleEntry.parameters(entry, encryption);
    out.fullBox(
        FourCc.of("sgpd"),
        1,
        0,
        () -> {
          out.u32(GROUPING_TYPE).u32(entry.size()).u32(1);
          entry.appendTo(out);
        });
  }
}

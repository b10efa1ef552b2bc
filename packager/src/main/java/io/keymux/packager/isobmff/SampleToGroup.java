package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@code sbgp} or {@code csgp} box: which description samples have. Of those behind the last run
 * it says nothing.
 *
 * @param type what the groups are about: four characters as a number
 * @param parameter tells groupings of one kind apart; null if there is none
 * @param counts samples of each run
 * @param indexes of each run's description, from 1, those of the fragment itself from 0x10001; 0
 *     for none
 * @see "ISO/IEC 14496-12, 8.9.2 Sample to Group Box and 8.9.5 Compact Sample to Group Box"
 */
@SuppressWarnings("ArrayRecordComponent") // Read once and thrown away.
public record SampleToGroup(int type, @Nullable Long parameter, int[] counts, int[] indexes) {
  private static final String COMPACT = "csgp";

  /** Whether a box is one of these. */
  public static boolean is(Box box) {
    return box.name().equals("sbgp") || box.name().equals(COMPACT);
  }

  /** Those of a {@code traf} or {@code stbl}. */
  static List<Box> boxes(Children parent) {
    List<Box> boxes = new ArrayList<>(parent.all("sbgp"));
    boxes.addAll(parent.all(COMPACT));
    return boxes;
  }

  /**
   * @param samples that the box may speak of
   * @throws io.keymux.cpix.box.MalformedBoxException if it speaks of more
   */
  public static SampleToGroup read(Box box, int samples) {
    BoxReader in = GroupDescriptions.again(box);
    if (box.name().equals(COMPACT)) {
      return CompactGroupMap.read(in, samples);
    }
    int version = in.i32() >>> 24;
    int type = in.i32();
    Long parameter = version >= 1 ? in.u32() : null;
    int[] counts = new int[in.count(8, "sbgp entry")];
    int[] indexes = new int[counts.length];
    int left = samples;
    for (int i = 0; i < counts.length; i++) {
      long run = in.u32();
      indexes[i] = in.i32();
      if (run > left) {
        throw in.malformed("sbgp describes more than the %d samples".formatted(samples));
      }
      counts[i] = (int) run;
      left -= counts[i];
    }
    return new SampleToGroup(type, parameter, counts, indexes);
  }
}

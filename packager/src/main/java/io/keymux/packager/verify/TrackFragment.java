package io.keymux.packager.verify;

import io.keymux.cpix.KeyId;
import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackBoxes.Protection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A {@code traf}: the samples of one track in one fragment.
 *
 * @param place where the {@code moof} lies, for findings
 * @param entries sample entry of each sample, with the key of its sample group if it is in one
 * @param decodeTime of {@code tfdt} in ticks; -1 if there is none
 * @param samples in decode order
 * @param info one for each sample; empty if the fragment has no {@code senc}
 * @param readable whether {@code info} is all there is: no IVs that only {@code saiz} and {@code
 *     saio} lead to
 */
record TrackFragment(
    String place,
    int trackId,
    List<Entry> entries,
    long decodeTime,
    List<Sample> samples,
    List<SampleInfo> info,
    boolean readable) {

  /**
   * A row of {@code trun}.
   *
   * @param offset in the file, in bytes
   * @param size in bytes; negative if it is 2 GiB or more
   * @param duration in ticks
   * @param compositionOffset in ticks
   */
  record Sample(long offset, int size, long duration, int compositionOffset) {}

  /**
   * What {@code senc} says of one sample.
   *
   * @param iv 0, 8 or 16 bytes
   * @param clear bytes of each subsample
   * @param protectedBytes of each subsample; no entry means the whole sample
   */
  @SuppressWarnings("ArrayRecordComponent") // A row of a table that is read once; never compared.
  record SampleInfo(byte[] iv, int[] clear, int[] protectedBytes) {
    static final SampleInfo WHOLE = new SampleInfo(new byte[0], new int[0], new int[0]);
  }

  /** The KIDs that samples are encrypted with; empty if all are clear. */
  Set<KeyId> keyIds() {
    Set<KeyId> keyIds = new LinkedHashSet<>();
    Entry last = null;
    for (Entry entry : entries) {
      Protection protection = entry.protection();
      if (!entry.equals(last) && protection != null && protection.isProtected()) {
        keyIds.add(protection.keyId());
      }
      last = entry;
    }
    return keyIds;
  }

  /** Of all samples, in ticks. */
  long duration() {
    return samples.stream().mapToLong(Sample::duration).sum();
  }
}

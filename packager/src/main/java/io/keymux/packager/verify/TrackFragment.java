package io.keymux.packager.verify;

import java.util.List;

/**
 * A {@code traf}: the samples of one track in one fragment.
 *
 * @param place where the {@code moof} lies, for findings
 * @param entry index of the sample entry, from 1
 * @param decodeTime of {@code tfdt} in ticks; -1 if there is none
 * @param offsets of samples in the file, in bytes
 * @param sizes of samples in bytes
 * @param duration of all samples in ticks
 * @param info one for each sample; empty if the fragment has no {@code senc}
 */
@SuppressWarnings("ArrayRecordComponent") // Rows of a table that is read once; never compared.
record TrackFragment(
    String place,
    int trackId,
    int entry,
    long decodeTime,
    long[] offsets,
    int[] sizes,
    long duration,
    List<SampleInfo> info) {

  /**
   * What {@code senc} says of one sample.
   *
   * @param iv 0, 8 or 16 bytes
   * @param clear bytes of each subsample
   * @param protectedBytes of each subsample; no entry means the whole sample
   */
  @SuppressWarnings("ArrayRecordComponent") // As above.
  record SampleInfo(byte[] iv, int[] clear, int[] protectedBytes) {}
}

package io.keymux.packager.verify;

import java.util.List;

/**
 * A {@code traf}: the samples of one track in one fragment.
 *
 * @param place where the {@code moof} lies, for findings
 * @param entry index of the sample entry, from 1
 * @param decodeTime of {@code tfdt} in ticks; -1 if there is none
 * @param samples in decode order
 * @param info one for each sample; empty if the fragment has no {@code senc}
 * @param readable whether {@code info} is all there is: no key of a sample group, and no IVs that
 *     only {@code saiz} and {@code saio} lead to
 */
record TrackFragment(
    String place,
    int trackId,
    int entry,
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

  /** Of all samples, in ticks. */
  long duration() {
    return samples.stream().mapToLong(Sample::duration).sum();
  }
}

package io.keymux.packager.write;

import io.keymux.cpix.DrmException;
import io.keymux.packager.plan.TrackEncryption;
import org.jspecify.annotations.Nullable;

/**
 * Turns the samples of a track's source into those that are written, as long as its key does not
 * change. Not thread-safe: one for each thread.
 */
public interface SampleEncryptor {
  TrackEncryption encryption();

  /** What decryptors need of the samples since {@link #startFragment}. */
  SampleEncryptionInfo info();

  /**
   * Starts with the state that the sample entry gives.
   *
   * @param start of the segment's first sample, if work begins in the middle of the segment
   */
  void startSegment(byte @Nullable [] start);

  /** Whether {@link #startSegment} learns anything from the start of the segment. */
  boolean readsSegmentStart();

  void startFragment();

  /**
   * Takes one sample from one array to another.
   *
   * @param sample index in the track
   * @throws DrmException if the sample cannot be parsed or has too many subsamples
   */
  void encrypt(int sample, byte[] in, int inOffset, byte[] out, int outOffset, int size);
}

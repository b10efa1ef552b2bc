package io.keymux.packager.isobmff;

import io.keymux.packager.input.MediaSource;

/**
 * Bounds the samples of all tracks together before arrays are made for them: a run-length table of
 * a few bytes can claim billions.
 */
final class SampleBudget {
  private static final long MAX_SAMPLES = 20_000_000;

  private final MediaSource source;
  private final long limit;
  private long taken;

  /** A sample has a byte of media, or if it is empty then its size has one in a table. */
  SampleBudget(MediaSource source) {
    this.source = source;
    this.limit = Math.min(MAX_SAMPLES, source.size());
  }

  /**
   * @throws io.keymux.cpix.DrmException with code {@code too-many-samples} if the limit is passed
   */
  void take(long samples) {
    taken += samples;
    if (taken > limit) {
      throw BadInput.tooManySamples(source, limit);
    }
  }
}

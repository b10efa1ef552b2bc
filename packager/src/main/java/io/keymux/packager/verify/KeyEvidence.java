package io.keymux.packager.verify;

import io.keymux.packager.verify.SampleCheck.Verdict;
import org.jspecify.annotations.Nullable;

/** Weighs what the samples of one track say of the key they were decrypted with. */
final class KeyEvidence {
  private static final int ENOUGH_SAMPLES = 16;

  /** More than this share of doubtful samples is not the encoder's doing. */
  private static final double DOUBTFUL_SHARE = 1 / 8.0;

  private double bits;
  private long samples;
  private long doubtful;
  private @Nullable String firstDoubt;

  /** Takes a sample that was encrypted; says what is certainly wrong with it, or null. */
  @Nullable String add(Verdict verdict) {
    samples++;
    bits += verdict.bits();
    if (verdict.problem() != null && !verdict.certain()) {
      doubtful++;
      firstDoubt = firstDoubt == null ? verdict.problem() : firstDoubt;
    }
    return verdict.certain() ? verdict.problem() : null;
  }

  /** What speaks against the key when all samples are known, or null. */
  @Nullable String against() {
    return samples >= ENOUGH_SAMPLES && doubtful > samples * DOUBTFUL_SHARE
        ? "%d of %d samples, the first: %s".formatted(doubtful, samples, firstDoubt)
        : null;
  }

  /** A wrong key would have passed with a probability of 2 to the minus this. */
  double bits() {
    return bits;
  }
}

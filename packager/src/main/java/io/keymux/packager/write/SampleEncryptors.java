package io.keymux.packager.write;

import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;

/**
 * Makes what encrypts the samples of a track, for each thread and key. Safe for several threads.
 */
@FunctionalInterface
public interface SampleEncryptors {
  /** Those that encrypt in process. */
  SampleEncryptors NATIVE =
      (plan, encryption) -> new FragmentEncryptor(encryption, plan.source().codec().subsamples());

  /**
   * @param encryption of some segments of {@code plan}
   */
  SampleEncryptor of(TrackPlan plan, TrackEncryption encryption);
}

package io.keymux.packager.live;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.encrypt.SampleIvs;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.write.FragmentEncryptor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The cipher of one track, as long as its key does not change, and how far its IVs went. */
final class TrackCipher {
  private final LiveTrack track;
  private @Nullable FragmentEncryptor encryptor;
  private long nextIv;

  /** The IV of sample 0 of {@link #encryptor}. */
  private long firstIv;

  private int sample;

  TrackCipher(LiveTrack track, long nextIv) {
    this.track = track;
    this.nextIv = nextIv;
  }

  long nextIv() {
    return nextIv;
  }

  /** What encrypts, or null for a clear segment. */
  @Nullable FragmentEncryptor encryptor() {
    return encryptor;
  }

  /** Index of the next sample for the encryptor. */
  int sample() {
    return sample;
  }

  /** The same, and the one behind it is next. */
  int takeSample() {
    return sample++;
  }

  /**
   * Begins a segment.
   *
   * @param encryption without IVs of its own in counter mode; null if the segment stays clear
   */
  void start(@Nullable TrackEncryption encryption) {
    if (encryption == null) {
      encryptor = null;
      return;
    }
    FragmentEncryptor current = encryptor;
    boolean same = current != null && current.encryption().key().equals(encryption.key());
    sample = (int) (nextIv - firstIv);
    if (!same || nextIv - firstIv > Integer.MAX_VALUE / 2) {
      firstIv = nextIv;
      sample = 0;
      encryptor = new FragmentEncryptor(withIvs(encryption), track.codec().subsamples());
    }
    Objects.requireNonNull(encryptor).startSegment(null);
  }

  private TrackEncryption withIvs(TrackEncryption encryption) {
    if (encryption.scheme() != ProtectionScheme.CENC) {
      return encryption;
    }
    return new TrackEncryption(
        encryption.key(),
        encryption.scheme(),
        new SampleIvs.Counting(firstIv, 0, encryption.ivs().perSampleBytes()),
        encryption.pattern(),
        encryption.signaling(),
        encryption.fragmentPssh(),
        encryption.rule());
  }

  /** Ends a segment that will be published: its IVs are used up. */
  void finish() {
    if (encryptor != null) {
      nextIv = firstIv + sample;
    }
  }
}

package io.keymux.packager.bento4;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.encrypt.SampleIvs;
import io.keymux.packager.isobmff.ProtectionSetting;
import io.keymux.packager.isobmff.SampleProtection;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds what {@code mp4encrypt} says of its samples against the plan, without decrypting them. */
final class EncryptedTrackCheck {
  private final TrackPlan plan;
  private final TrackEncryption encryption;
  private final SampleTable samples;
  private final SampleProtection protection;

  private EncryptedTrackCheck(
      TrackPlan plan, TrackEncryption encryption, SampleProtection protection) {
    this.plan = plan;
    this.encryption = encryption;
    this.samples = plan.source().media().samples();
    this.protection = protection;
  }

  /**
   * Checks the scheme, the KID, the pattern, the IVs and the subsamples of all samples.
   *
   * @return how the samples are encrypted
   * @throws io.keymux.cpix.DrmException with code {@code tool-output-wrong} or {@code
   *     too-many-subsamples}
   */
  static SampleProtection check(TrackPlan plan, TrackEncryption encryption, EncryptedTrack track) {
    SampleProtection protection = track.protection();
    if (protection == null) {
      throw BadBento4File.wrong(plan, "it is not encrypted");
    }
    EncryptedTrackCheck check = new EncryptedTrackCheck(plan, encryption, protection);
    for (int i = 0; i < check.samples.count(); i++) {
      check.setting(i, protection.setting(i));
      check.subsamples(i);
    }
    SaizCheck.check(plan, track, protection);
    new IvCheck(plan, encryption, track, protection).check();
    return protection;
  }

  private void setting(int sample, @Nullable ProtectionSetting found) {
    if (found == null) {
      throw wrong(sample, "is clear");
    }
    if (found.keyId().uuid().getMostSignificantBits() == 0
        && found.keyId().uuid().getLeastSignificantBits() == 0) {
      throw wrong(sample, "has a KID of zeros");
    }
    if (!found.keyId().equals(encryption.key().id())) {
      throw wrong(sample, "has KID " + found.keyId() + ", not " + encryption.key().id());
    }
    if (!found.scheme().equals(encryption.scheme().fourCc())) {
      throw wrong(sample, "is encrypted in " + found.scheme());
    }
    if (found.cryptBlocks() != encryption.pattern().cryptBlocks()
        || found.skipBlocks() != encryption.pattern().skipBlocks()) {
      throw wrong(
          sample, "has the pattern %d:%d".formatted(found.cryptBlocks(), found.skipBlocks()));
    }
    SampleIvs ivs = encryption.ivs();
    if (found.ivBytes() != ivs.perSampleBytes()) {
      throw wrong(sample, "has an IV of " + found.ivBytes() + " bytes");
    }
    if (!Objects.equals(found.constantIv(), ivs.constant())) {
      throw wrong(sample, "has the constant IV " + found.constantIv());
    }
  }

  private void subsamples(int sample) {
    int count = protection.subsamples(sample);
    if (plan.source().codec().subsamples() == null) {
      if (count > 0) {
        throw wrong(sample, "has subsamples, and should be encrypted whole");
      }
      return;
    }
    if (count == 0) {
      throw wrong(sample, "is encrypted whole, and should have subsamples");
    }
    long bytes = 0;
    int ranges = 0;
    for (int i = 0; i < count; i++) {
      long protectedBytes = protection.protectedBytes(sample, i) & 0xffffffffL;
      bytes += protection.clearBytes(sample, i) + protectedBytes;
      ranges += protectedBytes > 0 ? 1 : 0;
    }
    if (bytes != samples.size(sample)) {
      throw wrong(
          sample,
          "has subsamples of %d bytes, and %d itself".formatted(bytes, samples.size(sample)));
    }
    if (ranges > 1 && encryption.scheme() == ProtectionScheme.CENS) {
      throw Bento4Limits.patternRunsOn(plan, sample);
    }
  }

  private RuntimeException wrong(int sample, String what) {
    return BadBento4File.wrong(plan, "sample " + sample + " " + what);
  }
}

package io.keymux.packager.bento4;

import io.keymux.packager.encrypt.SampleIvs;
import io.keymux.packager.encrypt.SubsampleMap;
import io.keymux.packager.isobmff.SampleProtection;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.write.SampleEncryptionInfo;
import io.keymux.packager.write.SampleEncryptor;
import org.jspecify.annotations.Nullable;

/** Copies samples that are encrypted already, with the IVs and subsamples that they have. */
final class CopyingEncryptor implements SampleEncryptor {
  private final TrackEncryption encryption;
  private final SampleProtection protection;
  private final boolean subsamples;
  private final SampleEncryptionInfo info;
  private final SubsampleMap map = new SubsampleMap();
  private final byte[] iv = new byte[SampleIvs.BLOCK_BYTES];

  /**
   * @param protection of all samples of the track
   * @param subsamples whether samples have subsamples
   */
  CopyingEncryptor(TrackEncryption encryption, SampleProtection protection, boolean subsamples) {
    this.encryption = encryption;
    this.protection = protection;
    this.subsamples = subsamples;
    this.info = new SampleEncryptionInfo(encryption, subsamples);
  }

  @Override
  public TrackEncryption encryption() {
    return encryption;
  }

  @Override
  public SampleEncryptionInfo info() {
    return info;
  }

  @Override
  public void startSegment(byte @Nullable [] start) {
    // Nothing is parsed.
  }

  @Override
  public boolean readsSegmentStart() {
    return false;
  }

  @Override
  public void startFragment() {
    info.reset();
  }

  @Override
  public void encrypt(int sample, byte[] in, int inOffset, byte[] out, int outOffset, int size) {
    System.arraycopy(in, inOffset, out, outOffset, size);
    protection.iv(sample, iv);
    info.add(iv, subsamples ? map(sample) : null);
  }

  private SubsampleMap map(int sample) {
    map.reset();
    for (int i = 0; i < protection.subsamples(sample); i++) {
      map.addClear(protection.clearBytes(sample, i));
      if (protection.protectedBytes(sample, i) > 0) {
        map.addProtected(protection.protectedBytes(sample, i));
      }
    }
    map.finish();
    return map;
  }
}

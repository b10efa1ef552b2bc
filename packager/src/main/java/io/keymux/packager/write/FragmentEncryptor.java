package io.keymux.packager.write;

import io.keymux.cpix.DrmException;
import io.keymux.packager.codec.SubsampleCodec;
import io.keymux.packager.encrypt.Cbc1SampleCipher;
import io.keymux.packager.encrypt.CbcsSampleCipher;
import io.keymux.packager.encrypt.CencSampleCipher;
import io.keymux.packager.encrypt.SampleCipher;
import io.keymux.packager.encrypt.SubsampleLayout;
import io.keymux.packager.encrypt.SubsampleMap;
import io.keymux.packager.plan.TrackEncryption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Encrypts samples in process. */
public final class FragmentEncryptor implements SampleEncryptor {
  private final TrackEncryption encryption;
  private final @Nullable SubsampleCodec subsamples;
  private final SampleCipher cipher;
  private final SampleEncryptionInfo info;
  private final SubsampleMap map = new SubsampleMap();
  private @Nullable SubsampleLayout layout;

  /**
   * @param subsamples or null if samples are encrypted whole
   */
  public FragmentEncryptor(TrackEncryption encryption, @Nullable SubsampleCodec subsamples) {
    this.encryption = encryption;
    this.subsamples = subsamples;
    this.cipher = cipher(encryption);
    this.info = new SampleEncryptionInfo(encryption, subsamples != null);
  }

  private static SampleCipher cipher(TrackEncryption encryption) {
    return switch (encryption.scheme()) {
      case CENC, CENS ->
          new CencSampleCipher(encryption.key(), encryption.ivs(), encryption.pattern());
      case CBCS ->
          new CbcsSampleCipher(
              encryption.key(),
              Objects.requireNonNull(encryption.ivs().constant(), "constant IV"),
              encryption.pattern());
      case CBC1 -> new Cbc1SampleCipher(encryption.key(), encryption.ivs());
    };
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
    if (subsamples == null) {
      return;
    }
    layout = new SubsampleLayout(subsamples, encryption.scheme());
    if (start != null) {
      layout.readSegmentStart(start);
    }
  }

  @Override
  public boolean readsSegmentStart() {
    return subsamples != null;
  }

  @Override
  public void startFragment() {
    info.reset();
  }

  @Override
  public void encrypt(int sample, byte[] in, int inOffset, byte[] out, int outOffset, int size) {
    describe(sample, in, inOffset, size, map);
    apply(sample, in, inOffset, out, outOffset, size, map);
  }

  /**
   * Finds what is to be encrypted of one sample, and takes it up in {@link #info}.
   *
   * @param sample index in the track
   * @param ranges is filled in, for {@link #apply}
   * @throws DrmException if the sample cannot be parsed or has too many subsamples
   */
  public void describe(int sample, byte[] in, int offset, int size, SubsampleMap ranges) {
    if (layout != null) {
      layout.layOut(in, offset, size, ranges);
    }
    info.add(sample, layout == null ? null : ranges);
  }

  /** Encrypts one sample that was described before. */
  public void apply(
      int sample,
      byte[] in,
      int inOffset,
      byte[] out,
      int outOffset,
      int size,
      SubsampleMap ranges) {
    cipher.encrypt(sample, in, inOffset, out, outOffset, size, layout == null ? null : ranges);
  }
}

package io.keymux.packager.bento4;

import io.keymux.cpix.Bytes;
import io.keymux.packager.encrypt.SampleIvs;
import io.keymux.packager.isobmff.SampleProtection;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Holds the IVs of an encrypted track against the planned ones, so that tracks that share a key
 * never meet in a counter block.
 *
 * <p>IVs of 8 bytes are the planned ones, all of them. With 16 bytes {@code mp4encrypt} goes its
 * own way from the planned first one: in counter mode the low half counts the blocks and the high
 * half stays, where the plan counts in the high half; tracks keep apart, since the plan gives each
 * a run of high halves and the first of the run is enough. In {@code cbc1} each IV is the last
 * cipher block before it, which nobody can tell in advance.
 */
final class IvCheck {
  private final TrackPlan plan;
  private final TrackEncryption encryption;
  private final EncryptedTrack track;
  private final SampleProtection protection;
  private final SampleTable samples;

  IvCheck(
      TrackPlan plan,
      TrackEncryption encryption,
      EncryptedTrack track,
      SampleProtection protection) {
    this.plan = plan;
    this.encryption = encryption;
    this.track = track;
    this.protection = protection;
    this.samples = track.media().samples();
  }

  /**
   * @throws io.keymux.cpix.DrmException with code {@code tool-output-wrong} if one is another than
   *     it should be
   */
  void check() {
    if (encryption.ivs().constant() != null) {
      return;
    }
    byte[] wanted = new byte[SampleIvs.BLOCK_BYTES];
    byte[] found = new byte[SampleIvs.BLOCK_BYTES];
    encryption.ivs().fill(0, wanted);
    for (int i = 0; i < samples.count(); i++) {
      protection.iv(i, found);
      if (!Arrays.equals(found, wanted)) {
        throw BadBento4File.wrong(
            plan,
            "sample %d has IV %s, not %s"
                .formatted(i, Bytes.copyOf(found).toHex(), Bytes.copyOf(wanted).toHex()));
      }
      next(i, wanted);
    }
  }

  /** From the IV of a sample to that of the sample behind it. */
  private void next(int sample, byte[] iv) {
    if (!encryption.scheme().counterMode()) {
      lastCipherBlock(sample, iv);
    } else if (encryption.ivs().perSampleBytes() == SampleIvs.BLOCK_BYTES) {
      ByteBuffer block = ByteBuffer.wrap(iv);
      block.putLong(8, block.getLong(8) + (protectedBytes(sample) + 15) / SampleIvs.BLOCK_BYTES);
    } else {
      encryption.ivs().fill(sample + 1, iv);
    }
  }

  private long protectedBytes(int sample) {
    int count = protection.subsamples(sample);
    long bytes = count == 0 ? samples.size(sample) : 0;
    for (int i = 0; i < count; i++) {
      bytes += protection.protectedBytes(sample, i);
    }
    return bytes;
  }

  /** A sample without a whole protected block leaves the IV to the next one: it used none. */
  private void lastCipherBlock(int sample, byte[] iv) {
    int count = protection.subsamples(sample);
    long end = samples.offset(sample);
    long last = -1;
    if (count == 0) {
      long whole = samples.size(sample) / SampleIvs.BLOCK_BYTES * (long) SampleIvs.BLOCK_BYTES;
      last = whole == 0 ? -1 : end + whole;
    }
    for (int i = 0; i < count; i++) {
      int bytes = protection.protectedBytes(sample, i);
      end += protection.clearBytes(sample, i) + bytes;
      last = bytes == 0 ? last : end;
    }
    if (last >= 0) {
      track.source().read(last - SampleIvs.BLOCK_BYTES, iv, 0, SampleIvs.BLOCK_BYTES);
    }
  }
}

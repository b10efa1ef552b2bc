package io.keymux.packager.ts;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.codec.ParameterSets;
import io.keymux.packager.encrypt.SampleAesCipher;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * H.264 and HEVC as a byte stream: start codes for lengths, an access unit delimiter in front, and
 * the sample entry's parameter sets where decoding can start, unless the sample brings its own.
 *
 * <p>A start code has four bytes only where it must: some that decrypt SAMPLE-AES take the first of
 * them for the last byte of the NAL unit before.
 *
 * @see "ITU-T H.264, Annex B; ITU-T H.265, Annex B; ISO/IEC 13818-1, 2.14.1 and 2.17.1"
 */
final class ByteStreamFrames implements FrameFormat {
  private static final byte[] START_CODE = {0, 0, 0, 1};

  private final NalRules rules;
  private final int lengthSize;
  private final byte[] delimiter;
  private final byte[] parameterSets;
  private final @Nullable SampleAesCipher cipher;

  /**
   * @param cipher for the NAL units of H.264 that carry slices, or null
   */
  ByteStreamFrames(NalRules rules, ParameterSets sets, @Nullable SampleAesCipher cipher) {
    this.rules = rules;
    this.lengthSize = sets.lengthSize();
    this.delimiter = rules.delimiter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Bytes nal : sets.nalUnits()) {
      out.writeBytes(START_CODE);
      out.writeBytes(nal.toArray());
    }
    this.parameterSets = out.toByteArray();
    this.cipher = cipher;
  }

  @Override
  public void append(byte[] sample, int offset, int length, boolean sync, FrameBuffer to) {
    int end = offset + length;
    boolean startsHere = sync;
    boolean hasSets = false;
    int first = -1;
    for (int at = offset; at < end; ) {
      int nal = at + lengthSize;
      int size = nalBytes(sample, at, end);
      if (size > 0) {
        int type = rules.type(sample[nal]);
        first = first < 0 ? nal : first;
        startsHere |= rules.isRandomAccess(type);
        hasSets |= type == rules.sequenceSetType();
      }
      at = nal + size;
    }
    int from = offset;
    to.reserve(length + parameterSets.length + 2 * START_CODE.length);
    if (first >= 0 && rules.type(sample[first]) == rules.delimiterType()) {
      int size = nalBytes(sample, first - lengthSize, end);
      to.add(START_CODE, 0, START_CODE.length);
      to.add(sample, first, size);
      from = first + size;
    } else {
      to.add(delimiter, 0, delimiter.length);
    }
    if (startsHere && !hasSets) {
      to.add(parameterSets, 0, parameterSets.length);
    }
    while (from < end) {
      int size = nalBytes(sample, from, end);
      from += lengthSize;
      if (size > 0) {
        appendNal(sample, from, size, to);
      }
      from += size;
    }
  }

  private void appendNal(byte[] sample, int offset, int size, FrameBuffer to) {
    boolean set = rules.isParameterSet(rules.type(sample[offset]));
    int skipped = set ? 0 : 1;
    to.add(START_CODE, skipped, START_CODE.length - skipped);
    if (cipher != null && cipher.encryptNal(sample, offset, size)) {
      EmulationPrevention.append(sample, offset, size, to);
    } else {
      to.add(sample, offset, size);
    }
  }

  /** The length at {@code at}, which may be 0. */
  private int nalBytes(byte[] sample, int at, int end) {
    int left = end - at - lengthSize;
    long size = 0;
    for (int i = 0; i < lengthSize && left >= 0; i++) {
      size = (size << 8) | (sample[at + i] & 0xff);
    }
    if (size > left) {
      throw new DrmException(
          Blame.CALLER,
          "nal-length-invalid",
          left < 0
              ? "A sample ends with %d bytes, too few for the length of a NAL unit."
                  .formatted(end - at)
              : "A NAL unit of %d bytes leaves its sample, which has %d left."
                  .formatted(size, left),
          "The file is damaged: make it anew.");
    }
    return (int) size;
  }
}

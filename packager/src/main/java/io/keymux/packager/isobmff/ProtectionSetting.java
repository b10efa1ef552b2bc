package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.BoxReader;
import org.jspecify.annotations.Nullable;

/**
 * How encrypted samples of an input are encrypted, by {@code schm} and {@code tenc} or by a sample
 * group {@code seig}.
 *
 * @param scheme {@code cenc}, {@code cbcs}, {@code cens} or {@code cbc1}
 * @param ivBytes of the IV of each sample: 8 or 16; 0 with a constant IV
 * @param cryptBlocks of the pattern; 0 without one
 * @param skipBlocks of the pattern
 * @param constantIv of 8 or 16 bytes, or null if each sample has its own
 * @see "ISO/IEC 23001-7, 6 Encryption Parameters shared by groups of samples, 8.2 Track Encryption
 *     Box"
 */
public record ProtectionSetting(
    String scheme,
    KeyId keyId,
    int ivBytes,
    int cryptBlocks,
    int skipBlocks,
    @Nullable Bytes constantIv) {

  /**
   * Reads the fields that {@code tenc} and {@code seig} share.
   *
   * @param patterns whether there is a pattern, as in all but version 0 of {@code tenc}
   * @return null if they say that samples are clear
   */
  static @Nullable ProtectionSetting read(String scheme, BoxReader in, boolean patterns) {
    in.skip(1);
    int pattern = in.u8();
    boolean isProtected = in.u8() != 0;
    int ivBytes = in.u8();
    KeyId keyId = KeyId.ofBytes(in.bytes(KeyId.SIZE_BYTES, "KID"));
    if (!isProtected) {
      return null;
    }
    if (ivBytes != 0 && ivBytes != 8 && ivBytes != 16) {
      throw in.malformed("IVs of " + ivBytes + " bytes");
    }
    Bytes constantIv = null;
    if (ivBytes == 0) {
      int size = in.u8();
      if (size != 8 && size != 16) {
        throw in.malformed("a constant IV of " + size + " bytes");
      }
      constantIv = Bytes.copyOf(in.bytes(size, "constant IV"));
    }
    boolean used = patterns && (scheme.equals("cbcs") || scheme.equals("cens"));
    int crypt = used ? pattern >>> 4 : 0;
    int skip = used ? pattern & 0xf : 0;
    if (crypt == 0 && skip > 0) {
      throw in.malformed("a pattern of 0:" + skip);
    }
    return new ProtectionSetting(scheme, keyId, ivBytes, crypt, skip, constantIv);
  }
}

package io.keymux.cpix.protection;

import io.keymux.cpix.CpixVersion;
import org.jspecify.annotations.Nullable;

/**
 * How {@code MACMethod} carries the MAC key. The three are all in use; each kind of peer reads its
 * own.
 */
public enum MacKeyForm {
  /** {@code pskc:MACKey}, as the schema has it. */
  PSKC_MAC_KEY,
  /** {@code cpix:Key} with {@code enc:CipherData}: Axinom's, in all test vectors of DASH-IF. */
  KEY_WITH_CIPHER,
  /**
   * {@code cpix:Key} around {@code pskc:EncryptedValue} and {@code pskc:ValueMAC}: AWS's. It also
   * adds a MAC to the document key.
   */
  KEY_WITH_VALUE;

  /**
   * What the readers of a kind of document expect.
   *
   * @param version of the document; null if it does not say
   * @param speke whether it is an answer of SPEKE, of any version
   */
  public static MacKeyForm forProfile(@Nullable CpixVersion version, boolean speke) {
    if (speke) {
      return KEY_WITH_VALUE;
    }
    return version != null && version.isAtLeast(CpixVersion.V2_4) ? PSKC_MAC_KEY : KEY_WITH_CIPHER;
  }
}

package io.keymux.api.keyserver.speke;

import io.keymux.cpix.ProtectionScheme;
import org.jspecify.annotations.Nullable;

/**
 * A value of {@code ContentKey@commonEncryptionScheme}: a Common Encryption scheme or, in SPEKE
 * v2.1, a METHOD of HLS.
 *
 * @see "SPEKE API specification v2.1, Content key"
 * @see "RFC 8216bis, 4.4.4.4 EXT-X-KEY, METHOD"
 */
enum KeyScheme {
  CENC("cenc", ProtectionScheme.CENC, false),
  CENS("cens", ProtectionScheme.CENS, false),
  CBC1("cbc1", ProtectionScheme.CBC1, false),
  CBCS("cbcs", ProtectionScheme.CBCS, false),
  /** In fragmented MP4, HLS defines it as cbcs. */
  SAMPLE_AES("SAMPLE-AES", ProtectionScheme.CBCS, true),
  SAMPLE_AES_CTR("SAMPLE-AES-CTR", ProtectionScheme.CENC, true),
  /** Whole segments; no Common Encryption. */
  AES_128("AES-128", null, true);

  private final String text;
  private final @Nullable ProtectionScheme protection;
  private final boolean hlsMethod;

  KeyScheme(String text, @Nullable ProtectionScheme protection, boolean hlsMethod) {
    this.text = text;
    this.protection = protection;
    this.hlsMethod = hlsMethod;
  }

  /** The scheme with this name in this version, or null if there is none. */
  static @Nullable KeyScheme of(String text, SpekeVersion version) {
    for (KeyScheme scheme : values()) {
      if (scheme.text.equals(text) && (!scheme.hlsMethod || version == SpekeVersion.V2_1)) {
        return scheme;
      }
    }
    return null;
  }

  /** What media are encrypted with; null for whole segments. */
  @Nullable ProtectionScheme protection() {
    return protection;
  }
}

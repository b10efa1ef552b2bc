package io.keymux.cpix;

import org.jspecify.annotations.Nullable;

/**
 * A content key that is ready to encrypt with: its value is present and its size is checked.
 *
 * <p>A CPIX {@code ContentKey} element may lack a value (a request, or a key encrypted for someone
 * else). Such an element becomes a {@link RequestedKey}, never this.
 *
 * @param id the KID; unique within a document
 * @param value the AES-128 key, {@value #SIZE_BYTES} bytes
 * @param scheme the scheme that the key server bound the key to, or null if it left the choice
 * @param explicitIv the constant IV that the key server insists on, 16 bytes (FairPlay), or null
 * @param details what else the document says about the key
 * @see "DASH-IF CPIX, ContentKey Element"
 */
public record ContentKey(
    KeyId id,
    SecretBytes value,
    @Nullable ProtectionScheme scheme,
    @Nullable Bytes explicitIv,
    KeyDetails details) {
  public static final int SIZE_BYTES = 16;

  public ContentKey {
    requireSize(id, "key value", value.size());
    if (explicitIv != null) {
      requireSize(id, "explicitIV", explicitIv.size());
    }
  }

  public ContentKey(
      KeyId id, SecretBytes value, @Nullable ProtectionScheme scheme, @Nullable Bytes explicitIv) {
    this(id, value, scheme, explicitIv, KeyDetails.NONE);
  }

  private static void requireSize(KeyId id, String what, int size) {
    if (size != SIZE_BYTES) {
      throw InvalidCpixException.wrongSize(id, what, SIZE_BYTES, size);
    }
  }
}

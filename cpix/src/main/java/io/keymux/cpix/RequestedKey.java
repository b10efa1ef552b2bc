package io.keymux.cpix;

import org.jspecify.annotations.Nullable;

/**
 * A {@code ContentKey} element without a value that could be read: a key that is asked for, or one
 * that is encrypted for someone else.
 *
 * @param scheme what the key will be used with, or null if the document does not say
 * @param explicitIv 16 bytes that the asker wants to be used, or null
 * @param details what else the document says about the key
 */
public record RequestedKey(
    KeyId id, @Nullable ProtectionScheme scheme, @Nullable Bytes explicitIv, KeyDetails details) {

  public RequestedKey(KeyId id, @Nullable ProtectionScheme scheme, @Nullable Bytes explicitIv) {
    this(id, scheme, explicitIv, KeyDetails.NONE);
  }
}

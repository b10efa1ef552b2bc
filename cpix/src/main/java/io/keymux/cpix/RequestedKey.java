package io.keymux.cpix;

import org.jspecify.annotations.Nullable;

/**
 * A {@code ContentKey} element without a value: a key that is asked for.
 *
 * @param scheme what the key will be used with, or null if the document does not say
 * @param explicitIv 16 bytes that the asker wants to be used, or null
 */
public record RequestedKey(
    KeyId id, @Nullable ProtectionScheme scheme, @Nullable Bytes explicitIv) {}

package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import org.jspecify.annotations.Nullable;

/** A public test key in a vector file; all values in hex. */
record KeyVector(String kid, String key, @Nullable String iv) {
  ContentKey toKey() {
    return new ContentKey(
        KeyId.parse(kid),
        SecretBytes.copyOf(Vectors.hex(key)),
        null,
        iv == null ? null : Bytes.ofHex(iv));
  }
}

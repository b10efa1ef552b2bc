package io.keymux.api.envelope;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The key-encryption keys of a service: the first encrypts, all of them decrypt. */
final class KeyRing {
  private final Map<String, KeyEncryptionKey> keys = new LinkedHashMap<>();
  private final KeyEncryptionKey first;

  /**
   * @param keys at least one
   */
  KeyRing(List<? extends KeyEncryptionKey> keys) {
    keys.forEach(key -> this.keys.putIfAbsent(key.id(), key));
    this.first = keys.get(0);
  }

  /** The same with one more, which encrypts only if there is no other. */
  static KeyRing of(List<KeyEncryptionKey> configured, KeyEncryptionKey last) {
    List<KeyEncryptionKey> all = new ArrayList<>(configured);
    all.add(last);
    return new KeyRing(all);
  }

  Set<String> ids() {
    return keys.keySet();
  }

  /** The id of the key that encrypts. */
  String first() {
    return first.id();
  }

  Bytes wrap(SecretBytes key, String context) {
    return first.wrap(key, context);
  }

  /**
   * @param id of the key that it was wrapped under
   * @throws EnvelopeException as {@link KeyEncryptionKey#unwrap}; with code {@code
   *     unknown-encryption-key} if there is none of this id
   */
  SecretBytes unwrap(String id, Bytes wrapped, String context) {
    return Optional.ofNullable(keys.get(id))
        .orElseThrow(() -> EnvelopeException.unknownKeys(id))
        .unwrap(wrapped, context);
  }
}

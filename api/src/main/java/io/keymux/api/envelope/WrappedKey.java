package io.keymux.api.envelope;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.time.Instant;

/**
 * A row of {@code wrapped_keys}.
 *
 * @param id 32 hex digits, or the purpose of the only one
 * @param tenant whose values it encrypts
 * @param keyEncryptionKey id of what it is encrypted under
 */
record WrappedKey(
    String id,
    Purpose purpose,
    String tenant,
    String keyEncryptionKey,
    Bytes wrapped,
    Instant created) {

  /** What a wrapped key is for. */
  enum Purpose {
    /** Encrypts values of a tenant. */
    DATA("data"),
    /** The seed that the content keys of the service are made from. */
    SEED("seed");

    private final String column;

    Purpose(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }

    static Purpose of(String column) {
      return column.equals(SEED.column) ? SEED : DATA;
    }
  }

  /** Wraps a new one. */
  static WrappedKey wrap(
      KeyRing ring, String id, Purpose purpose, String tenant, SecretBytes key, Instant now) {
    return new WrappedKey(
        id, purpose, tenant, ring.first(), ring.wrap(key, context(id, purpose, tenant)), now);
  }

  /**
   * @throws EnvelopeException as {@link KeyRing#unwrap}
   */
  SecretBytes unwrap(KeyRing ring) {
    return ring.unwrap(keyEncryptionKey, wrapped, context(id, purpose, tenant));
  }

  /** The same key, encrypted by the first of the ring. */
  WrappedKey again(KeyRing ring) {
    SecretBytes key = unwrap(ring);
    try {
      return wrap(ring, id, purpose, tenant, key, created);
    } finally {
      key.wipe();
    }
  }

  private static String context(String id, Purpose purpose, String tenant) {
    return String.join("/", "keymux-1", purpose.column(), id, tenant);
  }
}

package io.keymux.api.envelope;

import io.keymux.api.envelope.WrappedKey.Purpose;
import io.keymux.cpix.SecretBytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that values of tenants are encrypted under, each tenant its own. A new one is made every
 * 90 days; former ones stay. Safe for use by several threads.
 */
final class DataKeys {
  /** Size of an id, in bytes. */
  static final int ID_BYTES = 16;

  private static final Duration USED = Duration.ofDays(90);
  private static final int KEPT = 10_000;

  private final WrappedKeys rows;
  private final KeyRing ring;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, DataKey> newest = new ConcurrentHashMap<>();
  private final Map<String, DataKey> opened = new ConcurrentHashMap<>();

  DataKeys(WrappedKeys rows, KeyRing ring, Clock clock) {
    this.rows = rows;
    this.ring = ring;
    this.clock = clock;
  }

  /**
   * A key in clear.
   *
   * @param id 32 hex digits
   */
  record DataKey(String id, String tenant, SecretBytes key, Instant created) {}

  /** The one that values are encrypted under now. */
  DataKey current(String tenant) {
    Instant oldest = clock.instant().minus(USED);
    DataKey known = newest.get(tenant);
    if (known == null || known.created().isBefore(oldest)) {
      known =
          rows.newest(tenant)
              .filter(row -> !row.created().isBefore(oldest))
              .map(this::opened)
              .orElseGet(() -> made(tenant));
      room(newest).put(tenant, known);
    }
    return known;
  }

  /**
   * The one of an id.
   *
   * @throws EnvelopeException with code {@code cannot-be-decrypted} if there is none
   */
  DataKey find(String id) {
    DataKey known = opened.get(id);
    return known != null
        ? known
        : rows.find(Purpose.DATA, id)
            .map(this::opened)
            .orElseThrow(() -> EnvelopeException.undecryptable("a row without its key", null));
  }

  private DataKey made(String tenant) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String name = HexFormat.of().formatHex(id);
    SecretBytes key = AesGcm.key();
    Instant now = clock.instant();
    rows.add(WrappedKey.wrap(ring, name, Purpose.DATA, tenant, key, now));
    DataKey made = new DataKey(name, tenant, key, now);
    room(opened).put(name, made);
    return made;
  }

  private DataKey opened(WrappedKey row) {
    DataKey key = new DataKey(row.id(), row.tenant(), row.unwrap(ring), row.created());
    room(opened).put(row.id(), key);
    return key;
  }

  /** Keys that are forgotten are unwrapped again. */
  private static Map<String, DataKey> room(Map<String, DataKey> keys) {
    if (keys.size() >= KEPT) {
      keys.clear();
    }
    return keys;
  }
}

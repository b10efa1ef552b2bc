package io.keymux.api.envelope;

import io.keymux.api.database.Database;
import io.keymux.api.envelope.WrappedKey.Purpose;
import io.keymux.cpix.SecretBytes;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The seed of the service, and what encrypts secrets for its database.
 *
 * <p>Without a key-encryption key the seed is a file of the data directory, and secrets are
 * encrypted under a key made of it. With one the seed is in the database, encrypted, and the file
 * says so: nodes that share a database have the same seed without anybody copying it.
 */
public final class Secrecy implements AutoCloseable {
  private static final String SEED = "seed";
  private static final Duration LOOK = Duration.ofMinutes(5);

  private final SecretBytes seed;
  private final Envelope envelope;
  private final KeyRotation rotation;

  private Secrecy(SecretBytes seed, Envelope envelope, KeyRotation rotation) {
    this.seed = seed;
    this.envelope = envelope;
    this.rotation = rotation;
  }

  /**
   * Finds the seed, or makes one at the first start; begins to encrypt keys anew that are not under
   * the first key-encryption key.
   *
   * @param folder with the seed, or a note that it is elsewhere
   * @param configured key-encryption keys: the first encrypts, all of them decrypt; may be empty
   * @param clock of all nodes together
   * @throws EnvelopeException with code {@code unknown-encryption-key} if the database has keys
   *     under none of them, {@code other-seed} if the data directory has another seed than the
   *     database, and as {@link KeyEncryptionKey#unwrap}
   * @throws io.keymux.cpix.DrmException with code {@code data-directory} if the file cannot be used
   */
  public static Secrecy open(
      SeedFile folder, Database database, List<KeyEncryptionKey> configured, Clock clock) {
    WrappedKeys rows = new WrappedKeys(database);
    SecretBytes seed =
        configured.isEmpty()
            ? local(folder, rows)
            : shared(folder, rows, new KeyRing(configured), clock);
    KeyRing ring = KeyRing.of(configured, LocalKey.ofSeed(seed));
    requireKnown(rows, ring);
    KeyRotation rotation = new KeyRotation(rows, ring);
    rotation.start(LOOK);
    return new Secrecy(seed, new Envelope(new DataKeys(rows, ring, clock)), rotation);
  }

  /** The seed; a copy, which the caller wipes. */
  public SecretBytes seed() {
    byte[] copy = seed.reveal();
    try {
      return SecretBytes.copyOf(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /** What encrypts secrets for the database. */
  public Envelope envelope() {
    return envelope;
  }

  /** Ends what runs beside; what was encrypted can be decrypted still. */
  @Override
  public void close() {
    rotation.close();
  }

  private static SecretBytes local(SeedFile folder, WrappedKeys rows) {
    rows.find(Purpose.SEED, SEED)
        .ifPresent(
            row -> {
              throw EnvelopeException.unknownKeys(row.keyEncryptionKey());
            });
    return folder.seed();
  }

  private static SecretBytes shared(SeedFile folder, WrappedKeys rows, KeyRing ring, Clock clock) {
    Optional<SecretBytes> file = folder.storedSeed();
    Optional<WrappedKey> row = rows.find(Purpose.SEED, SEED);
    if (row.isEmpty()) {
      SecretBytes fresh = file.orElseGet(AesGcm::key);
      rows.add(WrappedKey.wrap(ring, SEED, Purpose.SEED, "", fresh, clock.instant()));
      // Another node may have been first: what is in the database counts.
      row = rows.find(Purpose.SEED, SEED);
    }
    SecretBytes seed = row.orElseThrow().unwrap(ring);
    if (file.isPresent() && !file.get().equals(seed)) {
      throw EnvelopeException.otherSeed();
    }
    folder.seedIsElsewhere();
    return seed;
  }

  private static void requireKnown(WrappedKeys rows, KeyRing ring) {
    List<String> unknown =
        rows.keyEncryptionKeys().stream().filter(id -> !ring.ids().contains(id)).toList();
    if (!unknown.isEmpty()) {
      throw EnvelopeException.unknownKeys(unknown.stream().collect(Collectors.joining(", ")));
    }
  }
}

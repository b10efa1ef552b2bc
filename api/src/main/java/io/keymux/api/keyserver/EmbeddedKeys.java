package io.keymux.api.keyserver;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.database.Database;
import io.keymux.api.queue.Patience;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one data directory, or of a tenant in it: derived from its seed, delivered only if
 * they were issued; and keys that were brought from outside, which go before those of the seed.
 */
public final class EmbeddedKeys implements KeyExchange {
  private static final int KEPT_KEYS = 10_000;

  private final SeedKeys seed;
  private final Path issuedFile;
  private final IssuedKeys issued;
  private final @Nullable SharedIssuedKeys shared;
  private final @Nullable Database database;
  private final IngestedKeys ingested;
  private final KeyListener listener;

  private EmbeddedKeys(
      SeedKeys seed,
      Path issuedFile,
      @Nullable SharedIssuedKeys shared,
      @Nullable Database database) {
    this.seed = seed;
    this.issuedFile = issuedFile;
    this.issued = new IssuedKeys(issuedFile);
    this.shared = shared;
    this.database = database;
    this.ingested = new IngestedKeys(KEPT_KEYS);
    this.listener = KeyListener.NONE;
  }

  private EmbeddedKeys(EmbeddedKeys same, KeyListener listener) {
    this.seed = same.seed;
    this.issuedFile = same.issuedFile;
    this.issued = same.issued;
    this.shared = same.shared;
    this.database = same.database;
    this.ingested = same.ingested;
    this.listener = listener;
  }

  /** The same keys, with somebody who is told what is done with them. */
  public EmbeddedKeys heardBy(KeyListener other) {
    return new EmbeddedKeys(this, other);
  }

  /**
   * @throws io.keymux.cpix.DrmException with code {@code data-directory} if there is no usable seed
   */
  public static EmbeddedKeys open(DataDirectory data) {
    return of(data.seed(), data, null, null);
  }

  /**
   * Those of a node: what nodes with the same seed issued is delivered, too. All methods that look
   * for it throw {@link io.keymux.api.database.DatabaseException} if the database does not answer.
   *
   * @param seed wiped
   */
  public static EmbeddedKeys open(SecretBytes seed, DataDirectory data, Database database) {
    return of(seed, data, new SharedIssuedKeys(database, QueueSettings.DEFAULT_TENANT), database);
  }

  private static EmbeddedKeys of(
      SecretBytes secret,
      DataDirectory data,
      @Nullable SharedIssuedKeys shared,
      @Nullable Database database) {
    try {
      return new EmbeddedKeys(
          SeedKeys.of(secret), data.path().resolve("issued-kids"), shared, database);
    } finally {
      secret.wipe();
    }
  }

  /**
   * Those of a tenant: the same content has other keys for each, and what was issued to one is not
   * delivered to another. These are those of the tenant {@code default}.
   */
  EmbeddedKeys of(String tenant) {
    return tenant.equals(QueueSettings.DEFAULT_TENANT)
        ? this
        : new EmbeddedKeys(
            seed.apart("tenant " + tenant),
            issuedFile.resolveSibling(issuedFile.getFileName() + "." + tenant),
            database == null ? null : new SharedIssuedKeys(database, tenant),
            database);
  }

  @Override
  public CpixDocument exchange(KeyRequest request) {
    CpixDocument document = seed.exchange(request);
    List<KeyId> ids = document.contentKeys().stream().map(ContentKey::id).toList();
    // It is a job that waits here, and it may do so.
    Patience.ask(
        () -> {
          issue(request.contentId(), ids);
          return ids;
        });
    return document;
  }

  /** Remembers that the keys of these KIDs are handed out for {@code contentId}. */
  public void issue(String contentId, Collection<KeyId> ids) {
    listener.given(contentId, ids);
    if (shared != null) {
      shared.add(contentId, ids);
    }
    issued.add(contentId, ids);
  }

  private boolean isIssued(KeyId id) {
    return issued.contains(id) || (shared != null && shared.contains(id));
  }

  private boolean isIssued(String contentId, KeyId id) {
    return issued.contains(contentId, id) || (shared != null && shared.contains(contentId, id));
  }

  /** The KID of one asset and track type, as {@link SeedKeys#keyId} makes it. */
  public KeyId keyId(String contentId, String trackType) {
    return seed.keyId(contentId, trackType);
  }

  /**
   * Takes over a key from outside until the service stops, or until {@value #KEPT_KEYS} others came
   * after it.
   *
   * @param value copied
   * @param iv that goes with it, or null for none
   * @param overwrite whether it may take the place of another key that came from outside
   * @return whether the KID has this key now; never in place of one that the seed gave
   */
  public boolean ingest(
      String contentId, KeyId id, SecretBytes value, @Nullable Bytes iv, boolean overwrite) {
    boolean fromSeed = ingested.key(id).isEmpty() && isIssued(id);
    if (fromSeed && !seed.keyFor(id).equals(value)) {
      return false;
    }
    listener.taken(contentId, id);
    return ingested.put(contentId, id, value, iv, overwrite);
  }

  /** The key of any KID, which the caller should wipe. */
  public SecretBytes keyOf(KeyId id) {
    return ingested.key(id).orElseGet(() -> seed.keyFor(id));
  }

  /** The constant IV that goes with the key of any KID; it tells nothing about the key. */
  public Bytes ivOf(KeyId id) {
    return ingested.iv(id).orElseGet(() -> seed.ivFor(id));
  }

  /** All keys that the seed gave with this data directory, by their KIDs. */
  public Map<KeyId, SecretBytes> issued() {
    Map<KeyId, SecretBytes> keys = new HashMap<>();
    issued.all().forEach(id -> keys.put(id, seed.keyFor(id)));
    return keys;
  }

  /** The key for a player; empty if it was never issued. */
  Optional<SecretBytes> delivered(KeyId id) {
    Optional<SecretBytes> key =
        ingested.key(id).or(() -> isIssued(id) ? Optional.of(seed.keyFor(id)) : Optional.empty());
    key.ifPresent(given -> listener.given("", List.of(id)));
    return key;
  }

  /** As {@link #delivered(KeyId)}, and only for this content. */
  Optional<SecretBytes> delivered(String contentId, KeyId id) {
    Optional<SecretBytes> key =
        ingested
            .key(contentId, id)
            .or(() -> isIssued(contentId, id) ? Optional.of(keyOf(id)) : Optional.empty());
    key.ifPresent(given -> listener.given(contentId, List.of(id)));
    return key;
  }
}

package io.keymux.api.keyserver;

import io.keymux.api.config.DataDirectory;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The keys of one data directory: derived from its seed, delivered only if they were issued. */
public final class EmbeddedKeys implements KeyExchange {
  private final SeedKeys seed;
  private final IssuedKeys issued;

  private EmbeddedKeys(SeedKeys seed, IssuedKeys issued) {
    this.seed = seed;
    this.issued = issued;
  }

  /**
   * @throws io.keymux.cpix.DrmException with code {@code data-directory} if there is no usable seed
   */
  public static EmbeddedKeys open(DataDirectory data) {
    SecretBytes secret = data.seed();
    try {
      return new EmbeddedKeys(
          SeedKeys.of(secret), new IssuedKeys(data.path().resolve("issued-kids")));
    } finally {
      secret.wipe();
    }
  }

  @Override
  public CpixDocument exchange(KeyRequest request) {
    CpixDocument document = seed.exchange(request);
    issued.add(request.contentId(), document.contentKeys().stream().map(ContentKey::id).toList());
    return document;
  }

  /** Remembers that the keys of these KIDs are handed out for {@code contentId}. */
  public void issue(String contentId, Collection<KeyId> ids) {
    issued.add(contentId, ids);
  }

  /** The key of any KID, which the caller should wipe. */
  public SecretBytes keyOf(KeyId id) {
    return seed.keyFor(id);
  }

  /** The constant IV that goes with the key of any KID; it tells nothing about the key. */
  public Bytes ivOf(KeyId id) {
    return seed.ivFor(id);
  }

  /** All keys that were issued, by their KIDs. */
  public Map<KeyId, SecretBytes> issued() {
    Map<KeyId, SecretBytes> keys = new HashMap<>();
    issued.all().forEach(id -> keys.put(id, seed.keyFor(id)));
    return keys;
  }

  /** The key for a player; empty if it was never issued. */
  Optional<SecretBytes> delivered(KeyId id) {
    return issued.contains(id) ? Optional.of(seed.keyFor(id)) : Optional.empty();
  }

  /** As {@link #delivered(KeyId)}, and only for this content. */
  Optional<SecretBytes> delivered(String contentId, KeyId id) {
    return issued.contains(contentId, id) ? Optional.of(seed.keyFor(id)) : Optional.empty();
  }
}

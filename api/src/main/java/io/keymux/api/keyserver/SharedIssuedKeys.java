package io.keymux.api.keyserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.cpix.KeyId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The KIDs that any node of a database issued keys for to a tenant, and for which content; no key.
 * Nodes have the same seed, so each of them can deliver what another one issued. What is known to
 * be in the database stays in memory. Safe for use by several threads. All methods throw {@link
 * io.keymux.api.database.DatabaseException} if the database does not answer.
 */
final class SharedIssuedKeys {
  private final Database database;
  private final String tenant;
  private final Map<KeyId, Set<String>> contents = new ConcurrentHashMap<>();

  SharedIssuedKeys(Database database, String tenant) {
    this.database = database;
    this.tenant = tenant;
  }

  /** Remembers that these KIDs are used by {@code contentId}. */
  void add(String contentId, Collection<KeyId> ids) {
    String content = hash(contentId);
    // In one order: nodes that add the same KIDs at once wait for each other, and not in a circle.
    List<KeyId> fresh =
        ids.stream()
            .filter(id -> !knows(id, content))
            .distinct()
            .sorted((a, b) -> a.toString().compareTo(b.toString()))
            .toList();
    if (fresh.isEmpty()) {
      return;
    }
    database.transaction(
        connection -> {
          for (KeyId id : fresh) {
            Sql.of(
                    "insert into issued_keys (tenant, kid, content_hash) values (?, ?, ?)"
                        + " on conflict do nothing",
                    tenant,
                    id.toString(),
                    content)
                .update(connection);
          }
          return fresh;
        });
    fresh.forEach(id -> remember(id, content));
  }

  /** Whether a key was issued for this KID, whatever the content. */
  boolean contains(KeyId id) {
    if (!contents.containsKey(id)) {
      look(id);
    }
    return contents.containsKey(id);
  }

  /** Whether a key was issued for this KID and content. */
  boolean contains(String contentId, KeyId id) {
    String content = hash(contentId);
    if (!knows(id, content)) {
      look(id);
    }
    return knows(id, content);
  }

  private void look(KeyId id) {
    database
        .with(
            connection ->
                Sql.of(
                        "select content_hash from issued_keys where tenant = ? and kid = ?",
                        tenant,
                        id.toString())
                    .list(connection, row -> row.getString(1)))
        .forEach(content -> remember(id, content));
  }

  private boolean knows(KeyId id, String content) {
    return contents.getOrDefault(id, Set.of()).contains(content);
  }

  private void remember(KeyId id, String content) {
    contents.computeIfAbsent(id, any -> ConcurrentHashMap.newKeySet()).add(content);
  }

  /** Content ids of SPEKE may be longer than an index takes. */
  private static String hash(String contentId) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(contentId.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

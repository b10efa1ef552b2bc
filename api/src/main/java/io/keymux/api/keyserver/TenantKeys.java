package io.keymux.api.keyserver;

import io.keymux.api.config.KeyExchangeSettings;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.database.Database;
import io.keymux.api.envelope.Envelope;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Where each tenant gets keys from: its own keys of the seed, its own accounts with key servers,
 * and those of the configuration. Nothing is shared between tenants but the configuration: no key,
 * no login, no cache. Safe for use by several threads.
 */
public final class TenantKeys implements AutoCloseable {
  private final KeyExchangeSettings settings;
  private final EmbeddedKeys keys;
  private final Database database;
  private final Envelope envelope;
  private final Supplier<URI> self;
  private final Map<String, KeySources> tenants = new ConcurrentHashMap<>();

  /**
   * @param keys of the tenant {@code default}
   * @param envelope hides accounts from the database
   * @param self where this service answers, for the addresses that players get keys from
   */
  public TenantKeys(
      KeyExchangeSettings settings,
      EmbeddedKeys keys,
      Database database,
      Envelope envelope,
      Supplier<URI> self) {
    this.settings = settings;
    this.keys = keys;
    this.database = database;
    this.envelope = envelope;
    this.self = self;
    // What is wrong with an account of the configuration is said at the start.
    of(QueueSettings.DEFAULT_TENANT);
  }

  /** What one tenant has. */
  public KeySources of(String tenant) {
    return tenants.computeIfAbsent(tenant, this::open);
  }

  private KeySources open(String tenant) {
    EmbeddedKeys own = keys.of(tenant);
    return new KeySources(
        own,
        KeyServerAccounts.of(settings, own, new StoredAccounts(database, envelope, tenant)),
        self);
  }

  /** Logs out of key servers. */
  @Override
  public void close() {
    tenants.values().forEach(sources -> sources.accounts().close());
  }
}

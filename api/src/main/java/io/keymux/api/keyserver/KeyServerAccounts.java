package io.keymux.api.keyserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.config.KeyExchangeSettings;
import io.keymux.api.json.Json;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.profile.KeyServer;
import io.keymux.keyserver.profile.KeyServers;
import io.keymux.keyserver.profile.ProfileSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key servers that are known by name: those of the configuration, which stay as they are, and
 * those that came over HTTP to any node, which are looked up whenever they are asked for. Each is
 * opened once, at its first use, so that its logins and its cache are shared; closing logs out.
 */
public final class KeyServerAccounts implements AutoCloseable {
  private final KeyServers servers;
  private final KeyServers guests;
  private final @Nullable StoredAccounts stored;
  private final Map<String, byte[]> configured;
  private final Map<String, Opened> open = new LinkedHashMap<>();

  /**
   * @param version of the account; 0 of one in the configuration
   */
  private record Opened(long version, KeyServer server) {}

  private KeyServerAccounts(
      KeyServers servers,
      KeyServers guests,
      Map<String, byte[]> configured,
      @Nullable StoredAccounts stored) {
    this.servers = servers;
    this.guests = guests;
    this.configured = new TreeMap<>(configured);
    this.stored = stored;
  }

  /**
   * Those of a configuration.
   *
   * @param producer makes keys for servers that only keep them
   * @throws DrmException as {@link KeyServers#of}
   */
  public static KeyServerAccounts of(KeyExchangeSettings settings, KeyExchange producer) {
    return of(settings, producer, null);
  }

  /**
   * Those of a configuration, and those that nodes share. All methods that look for the latter
   * throw {@link io.keymux.api.database.DatabaseException} if the database does not answer.
   *
   * @param stored null for none
   * @throws DrmException as {@link KeyServers#of}
   */
  static KeyServerAccounts of(
      KeyExchangeSettings settings, KeyExchange producer, @Nullable StoredAccounts stored) {
    HttpSettings http = HttpSettings.DEFAULT.withPolicy(settings.addresses());
    return new KeyServerAccounts(
        KeyServers.of(settings.profiles(), settings.secrets(), http, producer),
        KeyServers.of(settings.profiles(), settings.named(), http, producer),
        settings.accounts(),
        stored);
  }

  /** All names. */
  public List<String> names() {
    Set<String> names = new TreeSet<>(configured.keySet());
    if (stored != null) {
      names.addAll(stored.names());
    }
    return new ArrayList<>(names);
  }

  /** The profiles that accounts may build on, those of the configuration first. */
  public List<ProfileSummary> profiles() {
    return servers.profiles();
  }

  /** Whether there is one of this name. */
  public boolean has(String name) {
    return isConfigured(name) || (stored != null && stored.find(name).isPresent());
  }

  /** Whether it stands in the configuration, and cannot be changed over HTTP. */
  public boolean isConfigured(String name) {
    return configured.containsKey(name);
  }

  /** Whether others are given this one, too, so that it stays open. */
  public synchronized boolean shares(KeyServer server) {
    return open.values().stream().anyMatch(opened -> opened.server() == server);
  }

  /**
   * The key server of one account.
   *
   * @throws DrmException with code {@code unknown-key-server}, or as {@link KeyServers#open}
   */
  public KeyServer get(String name) {
    byte[] own = configured.get(name);
    if (own != null) {
      return opened(name, 0, () -> servers.open(name, own));
    }
    StoredAccounts.Row row = stored == null ? null : stored.find(name).orElse(null);
    if (stored == null || row == null) {
      forget(name);
      throw unknown();
    }
    return opened(name, row.version(), () -> opened(stored, name, row));
  }

  private KeyServer opened(StoredAccounts from, String name, StoredAccounts.Row row) {
    byte[] account = from.open(name, row);
    try {
      return guests.open(name, account);
    } finally {
      Arrays.fill(account, (byte) 0);
    }
  }

  /** Two threads may come here with what they read one after the other: the newer one counts. */
  private synchronized KeyServer opened(String name, long version, Supplier<KeyServer> opener) {
    Opened known = open.get(name);
    if (known != null && known.version() >= version) {
      return known.server();
    }
    KeyServer server = opener.get();
    forget(name);
    open.put(name, new Opened(version, server));
    return server;
  }

  /**
   * Adds an account, or replaces one that came over HTTP too, for all nodes.
   *
   * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}
   * @param account JSON or YAML with references to named secrets
   * @return the key server; nothing was called
   * @throws DrmException as {@link KeyServers#open}, with nothing changed
   * @throws IllegalStateException if these are not shared with nodes
   */
  public KeyServer put(String name, byte[] account) {
    KeyServer server = guests.open(name, account);
    return opened(name, shared().put(name, account), () -> server);
  }

  /**
   * Removes an account that came over HTTP, and logs out.
   *
   * @throws IllegalStateException if these are not shared with nodes
   */
  public void remove(String name) {
    shared().remove(name);
    forget(name);
  }

  private StoredAccounts shared() {
    if (stored == null) {
      throw new IllegalStateException("there is no database");
    }
    return stored;
  }

  /**
   * A key server that is known by its URL alone.
   *
   * @param type as {@link UrlAccount#TYPES} lists them; null for SPEKE v2.0
   * @throws DrmException as {@link KeyServers#open}
   */
  public KeyServer ofUrl(String url, @Nullable String type) {
    return servers.open("of the URL", Json.line(UrlAccount.of(url, type)).getBytes(UTF_8));
  }

  private synchronized void forget(String name) {
    Opened known = open.remove(name);
    if (known != null) {
      known.server().close();
    }
  }

  /** Without the name: it may be a URL that lacks its scheme, or a ticket in the wrong place. */
  private DrmException unknown() {
    List<String> names = names();
    return new DrmException(
        DrmException.Blame.CALLER,
        "unknown-key-server",
        "There is no key server of this name.",
        names.isEmpty()
            ? "Describe it in the section keyServers of the configuration file."
            : "Use one of " + String.join(", ", names) + ".");
  }

  @Override
  public synchronized void close() {
    open.values().forEach(opened -> opened.server().close());
    open.clear();
  }
}

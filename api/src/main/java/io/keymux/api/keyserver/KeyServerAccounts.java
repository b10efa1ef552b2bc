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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The key servers that are known by name: those of the configuration, which stay as they are, and
 * those that came over HTTP. Each is opened once, at its first use, so that its logins and its
 * cache are shared; closing logs out.
 */
public final class KeyServerAccounts implements AutoCloseable {
  private final KeyServers servers;
  private final KeyServers guests;
  private final @Nullable StoredAccounts stored;
  private final Map<String, byte[]> configured;
  private final Map<String, byte[]> added = new TreeMap<>();
  private final Map<String, KeyServer> open = new LinkedHashMap<>();

  private KeyServerAccounts(
      KeyServers servers,
      KeyServers guests,
      Map<String, byte[]> configured,
      @Nullable StoredAccounts stored) {
    this.servers = servers;
    this.guests = guests;
    this.configured = new TreeMap<>(configured);
    this.stored = stored;
    if (stored != null) {
      added.putAll(stored.all());
      added.keySet().removeAll(configured.keySet());
    }
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
   * Those of a configuration, and those that are kept in a folder.
   *
   * @param folder for accounts that come over HTTP, or null for none
   * @throws DrmException as {@link KeyServers#of}, or with code {@code data-directory}
   */
  public static KeyServerAccounts of(
      KeyExchangeSettings settings, KeyExchange producer, @Nullable Path folder) {
    HttpSettings http = HttpSettings.DEFAULT.withPolicy(settings.addresses());
    return new KeyServerAccounts(
        KeyServers.of(settings.profiles(), settings.secrets(), http, producer),
        KeyServers.of(settings.profiles(), settings.named(), http, producer),
        settings.accounts(),
        folder == null ? null : new StoredAccounts(folder));
  }

  /** All names. */
  public synchronized List<String> names() {
    Set<String> names = new TreeSet<>(configured.keySet());
    names.addAll(added.keySet());
    return new ArrayList<>(names);
  }

  /** The profiles that accounts may build on, those of the configuration first. */
  public List<ProfileSummary> profiles() {
    return servers.profiles();
  }

  /** Whether there is one of this name. */
  public synchronized boolean has(String name) {
    return configured.containsKey(name) || added.containsKey(name);
  }

  /** Whether it stands in the configuration, and cannot be changed over HTTP. */
  public synchronized boolean isConfigured(String name) {
    return configured.containsKey(name);
  }

  /**
   * The key server of one account.
   *
   * @throws DrmException with code {@code unknown-key-server}, or as {@link KeyServers#open}
   */
  public synchronized KeyServer get(String name) {
    KeyServer known = open.get(name);
    if (known != null) {
      return known;
    }
    byte[] own = configured.get(name);
    KeyServer server = own != null ? servers.open(name, own) : guest(name);
    open.put(name, server);
    return server;
  }

  private KeyServer guest(String name) {
    byte[] account = added.get(name);
    if (account == null) {
      throw unknown();
    }
    return guests.open(name, account);
  }

  /**
   * Adds an account, or replaces one that came over HTTP too.
   *
   * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}
   * @param account JSON or YAML with references to named secrets
   * @return the key server; nothing was called
   * @throws DrmException as {@link KeyServers#open}, with nothing changed
   */
  public synchronized KeyServer put(String name, byte[] account) {
    KeyServer server = guests.open(name, account);
    if (stored != null) {
      stored.put(name, account);
    }
    forget(name);
    added.put(name, account.clone());
    open.put(name, server);
    return server;
  }

  /** Removes an account that came over HTTP, and logs out. */
  public synchronized void remove(String name) {
    if (stored != null) {
      stored.remove(name);
    }
    added.remove(name);
    forget(name);
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

  private void forget(String name) {
    KeyServer known = open.remove(name);
    if (known != null) {
      known.close();
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
    open.values().forEach(KeyServer::close);
    open.clear();
  }
}

package io.keymux.api.config;

import io.keymux.api.database.DatabaseSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the service runs.
 *
 * @param host a loopback address, unless clients must prove who they are
 * @param port 0 for any free one
 * @param roots folders that clients may name in {@code file:} URLs
 * @param queue how jobs wait and run
 * @param database that nodes share, or null for one of the service's own in its data directory
 * @param keyServer how the embedded key server answers
 * @param keyExchange the key servers that jobs may name
 * @param publicUrl where players reach the service, or null for where it listens
 * @param security what clients must prove, and what is refused
 * @param storage where inputs and outputs may be, beside the roots
 * @param mps how the MPS-compatible endpoint answers; null if nobody may use it
 * @param webhooks how programs are told of what becomes of jobs
 */
public record ServiceSettings(
    String host,
    int port,
    List<Path> roots,
    QueueSettings queue,
    @Nullable DatabaseSettings database,
    KeyServerSettings keyServer,
    KeyExchangeSettings keyExchange,
    @Nullable URI publicUrl,
    SecuritySettings security,
    StorageSettings storage,
    @Nullable MpsSettings mps,
    WebhookSettings webhooks) {
  public ServiceSettings {
    roots = List.copyOf(roots);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }

  /**
   * With a database of its own, local files alone, without keys as arguments of programs and
   * without the MPS-compatible endpoint.
   */
  public ServiceSettings(
      String host,
      int port,
      List<Path> roots,
      QueueSettings queue,
      KeyServerSettings keyServer,
      KeyExchangeSettings keyExchange) {
    this(
        host,
        port,
        roots,
        queue,
        null,
        keyServer,
        keyExchange,
        null,
        SecuritySettings.DEFAULT,
        StorageSettings.NONE,
        null,
        WebhookSettings.DEFAULT);
  }

  /** With an embedded key server that asks nobody who they are, and no other. */
  public ServiceSettings(String host, int port, List<Path> roots, QueueSettings queue) {
    this(host, port, roots, queue, KeyServerSettings.DEFAULT, KeyExchangeSettings.DEFAULT);
  }

  /** The same with an MPS-compatible endpoint. */
  public ServiceSettings with(@Nullable MpsSettings other) {
    return with(database, other, webhooks);
  }

  /** The same with a database that nodes share. */
  public ServiceSettings with(DatabaseSettings other) {
    return with(other, mps, webhooks);
  }

  /** The same with webhooks that are called in another way. */
  public ServiceSettings with(WebhookSettings other) {
    return with(database, mps, other);
  }

  /** The same for clients that must prove something else. */
  public ServiceSettings with(SecuritySettings other) {
    return new ServiceSettings(
        host,
        port,
        roots,
        queue,
        database,
        keyServer,
        keyExchange,
        publicUrl,
        other,
        storage,
        mps,
        webhooks);
  }

  private ServiceSettings with(
      @Nullable DatabaseSettings otherDatabase,
      @Nullable MpsSettings otherMps,
      WebhookSettings otherWebhooks) {
    return new ServiceSettings(
        host,
        port,
        roots,
        queue,
        otherDatabase,
        keyServer,
        keyExchange,
        publicUrl,
        security,
        storage,
        otherMps,
        otherWebhooks);
  }
}

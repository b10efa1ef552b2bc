package io.keymux.keyserver.profile;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRequest;
import org.jspecify.annotations.Nullable;

/**
 * A key server that the caller has an account with: limits first, then the cache, then the call.
 * Safe for use by several threads; close it to log out.
 */
public final class KeyServer implements KeyExchange, AutoCloseable {
  private final String name;
  private final KeyServerFacts facts;
  private final ProfileLimits limits;
  private final @Nullable ExchangeCache cache;
  private final Transport transport;

  KeyServer(
      String name,
      KeyServerFacts facts,
      ProfileLimits limits,
      @Nullable ExchangeCache cache,
      Transport transport) {
    this.name = name;
    this.facts = facts;
    this.limits = limits;
    this.cache = cache;
    this.transport = transport;
  }

  /** The name of the account. */
  public String name() {
    return name;
  }

  /** What may be shown of it. */
  public KeyServerFacts facts() {
    return facts;
  }

  /**
   * @throws DrmException with code {@code key-limit-exceeded} or {@code key-request-unsupported}
   *     before anything is sent; as {@link io.keymux.keyserver.http.HttpExchange#send}, or {@code
   *     key-response-invalid} after
   */
  @Override
  public CpixDocument exchange(KeyRequest request) throws InterruptedException {
    limits.check(name, request);
    return cache == null ? transport.exchange(request) : cache.get(request, transport);
  }

  /** Logs out where there is a login; never fails. */
  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return "KeyServer[" + name + "]";
  }

  /** What asks the server. */
  interface Transport extends KeyExchange, AutoCloseable {
    @Override
    void close();
  }
}

package io.keymux.api.job;

import io.keymux.cpix.KeyExchange;

/** Watches what jobs ask key servers. */
@FunctionalInterface
public interface ExchangeWatch {
  /** Watches nothing. */
  ExchangeWatch NONE = (keys, profile, tenant, job) -> keys;

  /**
   * The same source of keys, watched.
   *
   * @param profile of its account, {@code embedded} or {@code own-key}
   * @param tenant whose job it is
   * @param job its id
   */
  KeyExchange over(KeyExchange keys, String profile, String tenant, String job);
}

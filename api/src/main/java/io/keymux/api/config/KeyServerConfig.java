package io.keymux.api.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code keyServer} of the configuration file as it is written.
 *
 * @param protection by track type
 * @param streamTypes of generated documents
 */
record KeyServerConfig(
    @Nullable AuthConfig auth,
    @Nullable Map<String, ProtectionConfig> protection,
    @Nullable TicketConfig tickets,
    @Nullable List<String> streamTypes) {

  /**
   * @throws io.keymux.cpix.DrmException with code {@code invalid-config} if something in it, or in
   *     the variables that go before it, cannot be used
   */
  static KeyServerSettings resolve(
      @Nullable KeyServerConfig config, Map<String, String> environment) {
    AuthConfig auth = config == null || config.auth == null ? AuthConfig.EMPTY : config.auth;
    Map<String, OutputProtection> resolved = new HashMap<>();
    if (config != null && config.protection != null) {
      config.protection.forEach((type, entry) -> resolved.put(type, entry.resolve(type)));
    }
    TicketConfig tickets =
        config == null || config.tickets == null ? TicketConfig.EMPTY : config.tickets;
    return new KeyServerSettings(
        auth.with(environment).resolve(environment),
        resolved,
        tickets.with(environment).resolve(environment),
        StreamTypesConfig.resolve(config == null ? null : config.streamTypes));
  }
}

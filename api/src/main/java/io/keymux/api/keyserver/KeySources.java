package io.keymux.api.keyserver;

import io.keymux.api.job.JobPreparation;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.signaling.SignalingSettings;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key servers that jobs of a tenant may use. */
public final class KeySources implements JobPreparation.KeyServers {
  private final EmbeddedKeys embedded;
  private final KeyServerAccounts accounts;
  private final Supplier<URI> self;

  /**
   * @param accounts key servers that are known by name
   * @param self where this service answers, for the addresses that players get keys from
   */
  KeySources(EmbeddedKeys embedded, KeyServerAccounts accounts, Supplier<URI> self) {
    this.embedded = embedded;
    this.accounts = accounts;
    this.self = self;
  }

  /** Key servers that are known by name. */
  public KeyServerAccounts accounts() {
    return accounts;
  }

  @Override
  public EmbeddedKeys embedded() {
    return embedded;
  }

  @Override
  public SignalingSettings signaling() {
    return signaling(self.get());
  }

  /** Where players get keys of the service that answers at {@code base}. */
  public static SignalingSettings signaling(URI base) {
    return SignalingSettings.DEFAULT
        .withLicenseUrl(DrmSystem.CLEARKEY, base.resolve("/clearkey").toString())
        .withKeyUri(base + "/keys/{contentId}/{kid}");
  }

  @Override
  public KeyExchange remote(String server, @Nullable String type) {
    if (accounts.isConfigured(server) || !server.contains("://")) {
      if (type != null) {
        throw new DrmException(
            DrmException.Blame.CALLER,
            "invalid-key-server",
            "A type goes with a URL; the key server \"%s\" is a name.".formatted(server),
            "Leave the type out.");
      }
      return accounts.get(server);
    }
    try {
      return accounts.ofUrl(server, type);
    } catch (DrmException e) {
      throw e.code().equals("invalid-key-server-url")
          ? new DrmException(e.blame(), "invalid-key-server", e.problem(), e.remedy())
          : e;
    }
  }
}

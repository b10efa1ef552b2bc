package io.keymux.api.keyserver;

import io.keymux.api.job.JobPreparation;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.keyserver.speke.SpekeClient;
import io.keymux.keyserver.speke.SpekeVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Supplier;

/** The key servers that jobs of the service may use. */
public final class KeySources implements JobPreparation.KeyServers {
  private final EmbeddedKeys embedded;
  private final Supplier<URI> self;

  /**
   * @param self where this service answers, for the addresses that players get keys from
   */
  public KeySources(EmbeddedKeys embedded, Supplier<URI> self) {
    this.embedded = embedded;
    this.self = self;
  }

  @Override
  public KeyExchange embedded() {
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
  public KeyExchange remote(String url) {
    return ofUrl(url, SpekeVersion.V2_0)
        .orElseThrow(
            () ->
                new DrmException(
                    DrmException.Blame.CALLER,
                    "invalid-key-server",
                    "not \"embedded\" or an http or https URL.",
                    "Write it as https://keys.example/speke/v2.0/copyProtection."));
  }

  /** The SPEKE server at an http or https URL; empty if {@code url} is none. */
  public static Optional<KeyExchange> ofUrl(String url, SpekeVersion version) {
    try {
      URI uri = new URI(url);
      boolean http =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      return http && uri.getHost() != null
          ? Optional.of(SpekeClient.builder(version, uri).build())
          : Optional.empty();
    } catch (URISyntaxException e) {
      // The exception quotes the URL, which may hold a credential.
      return Optional.empty();
    }
  }
}

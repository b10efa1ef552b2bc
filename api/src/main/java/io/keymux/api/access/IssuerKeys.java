package io.keymux.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpLimits;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;

/**
 * The keys of an issuer, fetched when they are needed: kept for a minute, so that one that is
 * withdrawn is good for a minute at most; asked for at most twice in ten seconds, whatever tokens
 * come in; and kept for an hour while the issuer does not answer.
 */
final class IssuerKeys {
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final Duration OUTAGE = Duration.ofHours(1);
  private static final int LARGEST = 1 << 18;

  private IssuerKeys() {}

  static JWKSource<SecurityContext> of(URI keys) {
    HttpExchange exchange =
        HttpSettings.DEFAULT
            .withLimits(
                HttpLimits.DEFAULT
                    .withTimeouts(
                        Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(5))
                    .withAttempts(1, Duration.ZERO)
                    .withResponseBytes(LARGEST))
            .open(CallAuthorizer.none());
    return JWKSourceBuilder.create(url(keys), url -> fetch(exchange, keys))
        .cache(KEPT.toMillis(), PATIENCE.toMillis())
        .refreshAheadCache(false)
        .rateLimited(BETWEEN.toMillis())
        .outageTolerant(OUTAGE.toMillis())
        .build();
  }

  private static URL url(URI keys) {
    try {
      return keys.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("it was checked before", e);
    }
  }

  private static Resource fetch(HttpExchange exchange, URI keys) throws IOException {
    try (HttpAnswer answer = exchange.send(KeyServerCall.get(keys))) {
      if (answer.status() != 200) {
        throw new IOException("the issuer answers " + answer.status());
      }
      return new Resource(new String(answer.body(), UTF_8), "application/json");
    } catch (KeyExchangeException e) {
      throw new IOException(e.code(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}

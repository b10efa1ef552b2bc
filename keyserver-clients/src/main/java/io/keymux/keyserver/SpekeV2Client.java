package io.keymux.keyserver;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.xml.CpixReader;
import io.keymux.cpix.xml.CpixWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Asks a SPEKE v2.0 key server, with content keys in clear inside TLS.
 *
 * <p>The answer is used only if it answers exactly what was asked ({@link EchoCheck}); there is no
 * fall-back to SPEKE v1. Safe for use by several threads; one client per key server is enough.
 *
 * <p>Nothing is logged here. The JDK's own logger {@code jdk.internal.httpclient.debug} prints
 * whole URLs, with the tokens in them, at level FINE: leave it off.
 *
 * @see "AWS Secure Packager and Encoder Key Exchange (SPEKE) API specification v2.0"
 */
public final class SpekeV2Client implements KeyExchange {
  private static final String VERSION_HEADER = "X-Speke-Version";
  private static final String VERSION = "2.0";
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "application/xml", "Accept", "application/xml", VERSION_HEADER, VERSION);

  private final URI endpoint;
  private final int maxKeys;
  private final HttpExchange http;

  private SpekeV2Client(URI endpoint, int maxKeys, HttpExchange http) {
    this.endpoint = endpoint;
    this.maxKeys = maxKeys;
    this.http = http;
  }

  /**
   * A client with the default limits: 5 s to connect, 15 s for an attempt, 30 s and 4 attempts in
   * all, 1 MiB of answer.
   *
   * @param endpoint the whole URL; a user and password in it are sent as HTTP Basic
   * @throws DrmException with code {@code invalid-key-server-url} if it is not http or https or has
   *     no host
   */
  public static SpekeV2Client v2(URI endpoint) {
    return builder(endpoint).build();
  }

  /**
   * @throws DrmException as {@link #v2}
   */
  public static Builder builder(URI endpoint) {
    return new Builder(KeyServerUrl.of(endpoint));
  }

  /**
   * Sends one request for all keys.
   *
   * @throws KeyExchangeException with code {@code key-limit-exceeded} before anything is sent;
   *     {@code key-server-unreachable}, {@code key-server-timeout}, {@code key-server-unauthorized}
   *     (401, 403), {@code key-server-refused} (any status but 200), {@code key-response-too-large}
   *     or {@code key-response-invalid} after
   */
  @Override
  public CpixDocument exchange(KeyRequest request) throws InterruptedException {
    CpixDocument asked = SpekeV2Request.of(request);
    if (asked.requestedKeys().size() > maxKeys) {
      throw KeyExchangeException.limitExceeded(
          endpoint.getHost(), asked.requestedKeys().size(), maxKeys);
    }
    Bytes body = Bytes.copyOf(CpixWriter.write(asked));
    try (HttpAnswer answer = http.send(new KeyServerCall("POST", endpoint, HEADERS, body))) {
      requireOk(answer, asked);
      List<String> version = answer.headers().allValues(VERSION_HEADER);
      if (!version.equals(List.of(VERSION))) {
        throw invalid("its header %s is not %s".formatted(VERSION_HEADER, VERSION));
      }
      return EchoCheck.check(endpoint.getHost(), request, asked, read(answer));
    }
  }

  private void requireOk(HttpAnswer answer, CpixDocument asked) {
    switch (answer.status()) {
      case 200 -> {}
      case 401, 403 -> throw KeyExchangeException.unauthorized(endpoint.getHost(), answer.status());
      default ->
          throw KeyExchangeException.refused(
              endpoint.getHost(), answer.status(), SpekeFault.of(answer.body(), asked));
    }
  }

  /** Of the reader's error only code and place are passed on; its text may quote the answer. */
  private CpixDocument read(HttpAnswer answer) {
    try {
      return CpixReader.read(answer.body());
    } catch (DrmException e) {
      throw invalid(ReaderFault.describe(e));
    }
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(endpoint.getHost(), violation);
  }

  @Override
  public String toString() {
    return "SpekeV2Client[" + endpoint.getHost() + "]";
  }

  /** Sets what differs from the defaults. */
  public static final class Builder {
    private final KeyServerUrl url;
    private CallAuthorizer authorizer = CallAuthorizer.none();
    private HttpLimits limits = HttpLimits.DEFAULT;
    private int maxKeys = Integer.MAX_VALUE;

    private Builder(KeyServerUrl url) {
      this.url = url;
    }

    /** What proves who is asking; default: nothing but what the URL holds. */
    public Builder authorizer(CallAuthorizer chosen) {
      authorizer = chosen;
      return this;
    }

    /**
     * @param connect for one connection
     * @param attempt from the first byte out to the last byte in
     * @param total for all attempts with the pauses between
     * @throws IllegalArgumentException if one is zero or negative
     */
    public Builder timeouts(Duration connect, Duration attempt, Duration total) {
      limits =
          new HttpLimits(
              connect, attempt, total, limits.attempts(), limits.pause(), limits.responseBytes());
      return this;
    }

    /**
     * How often to try where that is safe: without a connection, and after HTTP 429, 502, 503 and
     * 504.
     *
     * @param attempts in all; 1 tries never again
     * @param pause longest pause before the second attempt; doubles for each further one
     * @throws IllegalArgumentException if {@code attempts} is below 1 or {@code pause} negative
     */
    public Builder attempts(int attempts, Duration pause) {
      limits =
          new HttpLimits(
              limits.connect(),
              limits.attempt(),
              limits.total(),
              attempts,
              pause,
              limits.responseBytes());
      return this;
    }

    /**
     * @param bytes largest answer that is read, at least 1; above 1 MiB the CPIX reader refuses it
     */
    public Builder maxResponseBytes(int bytes) {
      limits =
          new HttpLimits(
              limits.connect(),
              limits.attempt(),
              limits.total(),
              limits.attempts(),
              limits.pause(),
              bytes);
      return this;
    }

    /**
     * @param keys how many keys this key server gives for one asset
     */
    public Builder maxKeys(int keys) {
      maxKeys = keys;
      return this;
    }

    public SpekeV2Client build() {
      return new SpekeV2Client(
          url.uri(),
          maxKeys,
          new HttpExchange(limits, url.authorizer(authorizer), new Random(), System::nanoTime));
    }
  }
}

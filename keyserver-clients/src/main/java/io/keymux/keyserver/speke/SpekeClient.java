package io.keymux.keyserver.speke;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.keyserver.answer.ReaderFault;
import io.keymux.keyserver.auth.HeaderAuthorizer;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a SPEKE key server, v1, v2.0 or v2.1, or one with a dialect of CPIX, with content keys in
 * clear inside TLS, or encrypted for a certificate of the caller.
 *
 * <p>The answer of a SPEKE server is used only if it answers exactly what was asked ({@link
 * EchoCheck}), that of another if it maps to what was asked without doubt ({@link AnswerMapping});
 * there is no fall-back to an older version or to clear keys. Safe for use by several threads; one
 * client per key server is enough.
 *
 * <p>Nothing is logged, at any level.
 *
 * @see "AWS Secure Packager and Encoder Key Exchange (SPEKE) API specification"
 */
public final class SpekeClient implements KeyExchange, AutoCloseable {
  private static final String VERSION_HEADER = "X-Speke-Version";

  private final URI endpoint;
  private final Function<KeyRequest, URI> endpoints;
  private final CpixDialect dialect;
  private final SpekeDialect form;
  private final KeyRecipient recipient;
  private final int maxKeys;
  private final HttpExchange http;

  private SpekeClient(Builder settings, HttpExchange http) {
    this.endpoint = settings.url.uri();
    this.endpoints = settings.endpoints;
    this.dialect = settings.dialect;
    this.form = SpekeDialect.of(settings.dialect);
    this.recipient = new KeyRecipient(settings.credential);
    this.maxKeys = Math.min(settings.maxKeys, dialect.maxKeys());
    this.http = http;
  }

  /**
   * A client for SPEKE v2.0 with the default limits: 5 s to connect, 15 s for an attempt, 30 s and
   * 4 attempts in all, 4 MiB of answer; any address may be called.
   *
   * @param endpoint the whole URL; a user and password in it are sent as HTTP Basic
   * @throws DrmException with code {@code invalid-key-server-url} if it is not http or https or has
   *     no host
   */
  public static SpekeClient v2(URI endpoint) {
    return builder(SpekeVersion.V2_0, endpoint).build();
  }

  /**
   * @throws DrmException as {@link #v2}
   */
  public static Builder builder(SpekeVersion version, URI endpoint) {
    return new Builder(version, KeyServerUrl.of(endpoint));
  }

  /**
   * Sends one request for all keys.
   *
   * @throws KeyExchangeException with code {@code key-limit-exceeded}, {@code
   *     key-rotation-unsupported} or {@code key-request-unsupported} before anything is sent;
   *     {@code key-server-unreachable}, {@code key-server-timeout}, {@code key-server-unauthorized}
   *     (401, 403), {@code key-server-refused} (any status but 200), {@code key-response-too-large}
   *     or {@code key-response-invalid} after
   */
  @Override
  public CpixDocument exchange(KeyRequest request) throws InterruptedException {
    if (request.keyIds().size() > maxKeys) {
      throw KeyExchangeException.limitExceeded(
          endpoint.getHost(), request.keyIds().size(), maxKeys);
    }
    DialectWords words = new DialectWords(endpoint.getHost(), dialect);
    KeyRequest worded = words.toVendor(request);
    CpixDocument asked = form.ask(worded, recipient.deliveryData());
    SecretBytes body = SecretBytes.copyOf(SafeXml.serialize(form.write(asked)));
    try (HttpAnswer answer =
        http.send(new KeyServerCall("POST", endpointFor(request), headers(), body))) {
      requireOk(answer, asked);
      requireVersion(answer);
      CpixDocument checked =
          dialect.answer() == CpixDialect.AnswerCheck.EXACT
              ? EchoCheck.check(endpoint.getHost(), worded, asked, read(answer, request))
              : map(worded, asked, answer);
      return new AnsweredPeriod(endpoint.getHost(), request).named(words.toOurs(request, checked));
    }
  }

  private URI endpointFor(KeyRequest request) {
    URI chosen = endpoints.apply(request);
    if (!endpoint.getHost().equals(chosen.getHost())) {
      throw new IllegalArgumentException("a request may choose the path, not the host");
    }
    return chosen;
  }

  private CpixDocument map(KeyRequest worded, CpixDocument asked, HttpAnswer answer) {
    CpixDocument document =
        new AnsweredPeriod(endpoint.getHost(), worded)
            .of(new VendorReader(endpoint.getHost(), recipient).read(answer.body(), worded), false);
    String id = document.details().id();
    if (asked.details().id() != null && id != null && !id.equals(asked.details().id())) {
      throw invalid("CPIX@id is not \"%s\" as in the request".formatted(asked.details().id()));
    }
    List<UsageRule> rules = asked.usageRules().stream().map(UsageRule::always).toList();
    return new AnswerMapping(endpoint.getHost(), worded, rules, dialect.kids(), true).map(document);
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", dialect.contentType());
    headers.put("Accept", dialect.contentType());
    String header = dialect.header();
    if (header != null) {
      headers.put(VERSION_HEADER, header);
    }
    return headers;
  }

  private void requireOk(HttpAnswer answer, CpixDocument asked) {
    if (answer.status() != 200) {
      throw KeyExchangeException.refused(
          endpoint.getHost(), answer.status(), SpekeFault.of(answer.body(), asked));
    }
  }

  private void requireVersion(HttpAnswer answer) {
    String header = dialect.header();
    if (header != null
        && dialect.headerEchoed()
        && !answer.headers(VERSION_HEADER).equals(List.of(header))) {
      throw invalid("its header %s is not %s".formatted(VERSION_HEADER, header));
    }
  }

  /** Of the reader's error only code and place are passed on; its text may quote the answer. */
  private CpixDocument read(HttpAnswer answer, KeyRequest request) {
    try {
      return recipient.read(
          SafeXml.parse(answer.body(), VendorReader.LIMITS),
          (document, tree) -> form.normalize(document, tree, request.scheme()));
    } catch (DrmException e) {
      throw invalid(ReaderFault.describe(e));
    }
  }

  /** Gives back a login, if there is one. */
  @Override
  public void close() {
    http.close();
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(endpoint.getHost(), violation);
  }

  @Override
  public String toString() {
    return "SpekeClient[" + endpoint.getHost() + "]";
  }

  /** Sets what differs from the defaults. */
  public static final class Builder {
    private CpixDialect dialect;
    private final KeyServerUrl url;
    private @Nullable Credential credential;
    private CallAuthorizer authorizer = CallAuthorizer.none();
    private HttpSettings http = HttpSettings.DEFAULT;
    private int maxKeys = Integer.MAX_VALUE;
    private Function<KeyRequest, URI> endpoints;
    private @Nullable HttpExchange exchange;

    private Builder(SpekeVersion version, KeyServerUrl url) {
      this.endpoints = request -> url.uri();
      this.dialect = CpixDialect.of(version);
      this.url = url;
    }

    /** What the server speaks instead of SPEKE as AWS specifies it. */
    public Builder dialect(CpixDialect chosen) {
      dialect = chosen;
      return this;
    }

    /**
     * Where to send each request, for servers that want the asset in the path too.
     *
     * @param chosen gives a URL of the same host, without a user
     */
    public Builder endpoints(Function<KeyRequest, URI> chosen) {
      endpoints = chosen;
      return this;
    }

    /**
     * An open way to the server, closed with the client; {@link #authorizer}, {@link #http} and a
     * user in the URL are then not looked at.
     */
    public Builder exchange(HttpExchange open) {
      exchange = open;
      return this;
    }

    /** What proves who is asking; default: nothing but what the URL holds. */
    public Builder authorizer(CallAuthorizer chosen) {
      authorizer = chosen;
      return this;
    }

    /** Bounds of time, size and attempts, addresses that may be called, trust; see the default. */
    public Builder http(HttpSettings chosen) {
      http = chosen;
      return this;
    }

    /**
     * @param connect for one connection
     * @param attempt from the first byte out to the last byte in
     * @param total for all attempts with the pauses between
     * @throws IllegalArgumentException if one is zero or negative
     */
    public Builder timeouts(Duration connect, Duration attempt, Duration total) {
      return http(http.withLimits(http.limits().withTimeouts(connect, attempt, total)));
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
      return http(http.withLimits(http.limits().withAttempts(attempts, pause)));
    }

    /**
     * @param bytes largest answer that is read, as sent and inflated; at least 1
     */
    public Builder maxResponseBytes(int bytes) {
      return http(http.withLimits(http.limits().withResponseBytes(bytes)));
    }

    /**
     * @param keys how many keys this key server gives for one asset
     */
    public Builder maxKeys(int keys) {
      maxKeys = keys;
      return this;
    }

    /**
     * Has the keys encrypted for this certificate; an answer in the clear is then refused.
     *
     * @param own RSA of 2048 bits or more
     */
    public Builder credential(Credential own) {
      credential = own;
      return this;
    }

    public SpekeClient build() {
      return new SpekeClient(this, exchange == null ? http.open(authorizer()) : exchange);
    }

    /** A user and password in the URL come first. */
    private CallAuthorizer authorizer() {
      String user = url.user();
      String password = url.password();
      return user == null || password == null
          ? authorizer
          : HeaderAuthorizer.basic(user, password).then(authorizer);
    }
  }
}

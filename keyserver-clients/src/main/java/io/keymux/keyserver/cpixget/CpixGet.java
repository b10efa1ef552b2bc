package io.keymux.keyserver.cpixget;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.credential.Credential;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.speke.AnswerMapping;
import io.keymux.keyserver.speke.AnsweredPeriod;
import io.keymux.keyserver.speke.CpixDialect.KidPolicy;
import io.keymux.keyserver.speke.ServedDocument;
import io.keymux.keyserver.speke.VendorReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gets CPIX documents by HTTP GET from servers that learn from the URL alone what is asked for.
 *
 * <p>What such a server knows of the job is what the URL says; its answer is used only if it maps
 * to the request without doubt, or its own rules are sound ({@link Mapping}). Signalling that it
 * does not give is made by Keymux. Safe for use by several threads. Nothing is logged.
 */
public final class CpixGet implements KeyExchange, AutoCloseable {
  private final UrlTemplate url;
  private final HttpExchange http;
  private final Mapping mapping;
  private final boolean oneKeyPerCall;
  private final int maxAnswers;
  private final VendorReader reader;

  private CpixGet(Builder settings, UrlTemplate url) {
    this.url = url;
    this.http = settings.http;
    this.mapping = settings.mapping;
    this.oneKeyPerCall = settings.oneKeyPerCall;
    this.maxAnswers = settings.maxAnswers;
    this.reader = new VendorReader(url.host(), settings.credential);
  }

  /**
   * @param template a URL with any of {@code {contentId}}, {@code {kid}} (dashed, lower case),
   *     {@code {kidHex}}, {@code {systems}} (names joined by commas), {@code {scheme}} ({@code
   *     cenc}) and {@code {period}} (the index of the key period) in path and query; values are
   *     percent-encoded
   * @param http proves who is asking; closed with this
   */
  public static Builder builder(String template, HttpExchange http) {
    return new Builder(template, http);
  }

  /**
   * Sends one call, or one for each KID. In a key period, the answer is one for that period if the
   * URL names it or a KID of it; else the answer must say which of its keys are for the period.
   *
   * @throws KeyExchangeException with code {@code key-limit-exceeded} or {@code
   *     key-request-unsupported} before anything is sent; {@code key-server-refused} (any status
   *     but 200), {@code key-response-invalid}, or what {@link HttpExchange#send} throws after
   */
  @Override
  public CpixDocument exchange(KeyRequest request) throws InterruptedException {
    int keys = request.keyIds().size();
    int limit = oneKeyPerCall ? maxAnswers : url.namesKey() ? 1 : Integer.MAX_VALUE;
    if (keys > limit) {
      throw KeyExchangeException.limitExceeded(url.host(), keys, limit);
    }
    if (!oneKeyPerCall) {
      CpixDocument document = get(request);
      return named(
          request,
          mapping == Mapping.SERVER
              ? new ServedDocument(url.host(), request).check(document)
              : map(request, document));
    }
    // All URLs before the first call: a wish that cannot be granted costs no key.
    List<KeyRequest> parts = request.keyIds().stream().map(id -> part(request, id)).toList();
    parts.forEach(url::of);
    List<CpixDocument> answers = new ArrayList<>();
    for (KeyRequest part : parts) {
      answers.add(map(part, get(part)));
    }
    return named(request, map(request, new MergedAnswers(url.host()).merge(answers)));
  }

  private CpixDocument named(KeyRequest request, CpixDocument checked) {
    return new AnsweredPeriod(url.host(), request).named(checked);
  }

  private CpixDocument get(KeyRequest request) throws InterruptedException {
    URI uri = url.of(request);
    KeyServerCall call = KeyServerCall.get(uri).withHeader("Accept", "application/xml, text/xml");
    try (HttpAnswer answer = http.send(call)) {
      if (answer.status() != 200) {
        throw KeyExchangeException.refused(url.host(), answer.status(), null);
      }
      return new AnsweredPeriod(url.host(), request)
          .of(reader.read(answer.body(), request), url.namesKey() || url.namesPeriod());
    }
  }

  private CpixDocument map(KeyRequest request, CpixDocument document) {
    return new AnswerMapping(url.host(), request, request.rules(), KidPolicy.REPLACE, false)
        .map(document);
  }

  private static KeyRequest part(KeyRequest request, KeyId id) {
    List<UsageRule> rules =
        request.rules().stream().filter(rule -> rule.keyId().equals(id)).toList();
    return request.withRules(rules);
  }

  /** Gives back a login, if there is one. */
  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return "CpixGet[" + url.host() + "]";
  }

  /** Sets what differs from the defaults. */
  public static final class Builder {
    private static final int USUAL_ANSWERS = 32;

    private final String template;
    private final HttpExchange http;
    private final Map<DrmSystem, String> systemNames = UrlTemplate.usualNames();
    private Mapping mapping = Mapping.REQUEST;
    private boolean oneKeyPerCall;
    private int maxAnswers = USUAL_ANSWERS;
    private @Nullable Credential credential;

    private Builder(String template, HttpExchange http) {
      this.template = template;
      this.http = http;
    }

    /**
     * What {@code {systems}} calls each DRM system; default: {@code widevine}, {@code playready},
     * {@code fairplay}. A system without a name cannot be asked for, but for ClearKey, which has no
     * key server.
     */
    public Builder systemNames(Map<DrmSystem, String> names) {
      systemNames.clear();
      systemNames.putAll(names);
      return this;
    }

    /** Whose rules count; default: those of the request. */
    public Builder mapping(Mapping chosen) {
      mapping = chosen;
      return this;
    }

    /** One call for each KID; the answers are merged. */
    public Builder oneKeyPerCall() {
      oneKeyPerCall = true;
      return this;
    }

    /**
     * @param calls at most for one job, with one key for each; default 32
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder maxAnswers(int calls) {
      if (calls < 1) {
        throw new IllegalArgumentException("at least one answer is needed, not " + calls);
      }
      maxAnswers = calls;
      return this;
    }

    /**
     * Whom the server encrypts keys for; an answer in the clear is then refused. The server must
     * know the certificate already: a URL has no place for it.
     */
    public Builder credential(Credential own) {
      credential = own;
      return this;
    }

    /**
     * @throws DrmException with code {@code invalid-key-server-url} if the template is no http or
     *     https URL, has a user, or a variable that is unknown or stands outside path and query
     * @throws IllegalArgumentException if one key for each call is wanted without a KID in the URL,
     *     or with the server's own rules
     */
    public CpixGet build() {
      UrlTemplate url = UrlTemplate.of(template, systemNames);
      if (oneKeyPerCall && (!url.namesKey() || mapping == Mapping.SERVER)) {
        throw new IllegalArgumentException(
            "one key for each call needs {kid} or {kidHex} in the URL and the request's rules");
      }
      return new CpixGet(this, url);
    }
  }
}

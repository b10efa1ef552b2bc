package io.keymux.keyserver.widevine;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.answer.JsonAnswer;
import io.keymux.keyserver.http.Deadline;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a key server with the JSON interface of the Widevine cloud: Widevine itself, Axinom,
 * VdoCipher, DRMtoday.
 *
 * <p>An answer of INTERNAL_ERROR is asked for again, five times in all with pauses from one second
 * on, doubling, as Shaka Packager does it, and never beyond the time that one exchange has. Safe
 * for use by several threads.
 *
 * @see "Widevine Common Encryption API"
 */
public final class WidevineKeys implements KeyExchange, AutoCloseable {
  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Waits between two tries. */
  @FunctionalInterface
  interface Pauses {
    void pause(Duration duration) throws InterruptedException;
  }

  private final URI url;
  private final WidevineOptions options;
  private final WidevineRequest writer;
  private final HttpExchange http;
  private final Pauses pauses;

  private WidevineKeys(
      KeyServerUrl url, WidevineOptions options, HttpExchange http, Pauses pauses) {
    this.url = url.uri();
    this.options = options;
    this.writer = new WidevineRequest(url.host(), options);
    this.http = http;
    this.pauses = pauses;
  }

  /**
   * @param url the whole URL, with the provider's name where the server wants it in the path
   * @param http closed by {@link #close}
   */
  public static WidevineKeys of(KeyServerUrl url, WidevineOptions options, HttpExchange http) {
    return of(url, options, http, pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()));
  }

  static WidevineKeys of(
      KeyServerUrl url, WidevineOptions options, HttpExchange http, Pauses pauses) {
    return new WidevineKeys(url, options, http, pauses);
  }

  /**
   * Sends one request for all keys. For a key period that is the crypto period of its index,
   * counted on from the first one configured, if periods are. Without one, it is for all periods
   * that are configured: the document then has them as key periods, numbered, and a rule for each
   * track type and period.
   *
   * @throws KeyExchangeException with code {@code key-request-unsupported} before anything is sent,
   *     if a track type is none of the server's; {@code key-server-refused} for any status but OK,
   *     {@code key-response-invalid} if the answer is not one to the question or its signature is
   *     wrong, or as {@link HttpExchange#send(KeyServerCall)}
   */
  @Override
  public CpixDocument exchange(KeyRequest request) throws InterruptedException {
    Map<String, KeyId> asked = options.trackTypes().asked(url.getHost(), request);
    CryptoPeriods periods = periods(request);
    SecretBytes body = writer.signed(request, asked.keySet(), periods);
    KeyServerCall call = KeyServerCall.post(url, "application/json", body);
    Deadline deadline = http.deadline();
    Duration pause = FIRST_PAUSE;
    for (int number = 1; ; number++) {
      try (HttpAnswer answer = http.send(call, deadline)) {
        JsonAnswer inner = inner(answer);
        WidevineStatus status =
            WidevineStatus.of(inner).orElseThrow(() -> invalid("its status is not a known one"));
        if (status == WidevineStatus.OK) {
          return new WidevineAnswer(url.getHost(), request, asked, periods).document(inner);
        }
        if (!status.passes() || number == TRIES || pause.compareTo(deadline.left()) >= 0) {
          throw refused(status);
        }
      }
      pauses.pause(pause);
      pause = pause.multipliedBy(2);
    }
  }

  private @Nullable CryptoPeriods periods(KeyRequest request) {
    KeyPeriod period = request.keyPeriod();
    if (period == null) {
      return options.periods();
    }
    try {
      return CryptoPeriods.only(options.periods(), period);
    } catch (IllegalArgumentException e) {
      throw KeyExchangeException.unsupported(
          url.getHost(),
          "key period number %d has no crypto period".formatted(period.index()),
          "Number key periods from 1, and the first crypto period low enough.");
    }
  }

  /** What is inside the envelope; a refusal may come without one, from whoever stands in front. */
  private JsonAnswer inner(HttpAnswer answer) {
    if (answer.status() != 200) {
      throw KeyExchangeException.refused(url.getHost(), answer.status(), word(answer.body()));
    }
    JsonAnswer envelope = JsonAnswer.read(url.getHost(), answer.body());
    if (!envelope.has("response")) {
      return WidevineStatus.of(envelope)
          .filter(status -> status != WidevineStatus.OK)
          .map(status -> envelope)
          .orElseThrow(() -> invalid("response is missing"));
    }
    byte[] inner = envelope.base64("response");
    try {
      requireSignature(envelope, inner);
      return JsonAnswer.read(url.getHost(), inner);
    } finally {
      Arrays.fill(inner, (byte) 0);
    }
  }

  private void requireSignature(JsonAnswer envelope, byte[] inner) {
    if (!options.verifier().wantsSignature()) {
      return;
    }
    byte[] signature =
        envelope
            .optionalBase64("signature")
            .orElseThrow(() -> invalid("it has no signature, and one is asked for"));
    if (!options.verifier().verifies(inner, signature)) {
      throw invalid("its signature does not fit it");
    }
  }

  private @Nullable String word(byte[] body) {
    return JsonAnswer.tryRead(url.getHost(), body)
        .flatMap(WidevineStatus::of)
        .map(WidevineStatus::name)
        .orElse(null);
  }

  private KeyExchangeException refused(WidevineStatus status) {
    return KeyExchangeException.refusedAs(url.getHost(), status.name(), status.passes());
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(url.getHost(), violation);
  }

  /** Gives back a login, if there is one. */
  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return "WidevineKeys[" + url.getHost() + "]";
  }
}

package io.keymux.keyserver.drmtoday;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.answer.JsonAnswer;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Makes keys with another source and puts them into DRMtoday. Keys are given out only after
 * DRMtoday has taken all of them. Safe for use by several threads, if the producer is.
 *
 * @see "castLabs DRMtoday, Key Ingest API"
 */
public final class DrmTodayIngest implements KeyExchange, AutoCloseable {
  private final URI url;
  private final DrmTodayOptions options;
  private final KeyExchange producer;
  private final HttpExchange http;

  private DrmTodayIngest(
      URI url, DrmTodayOptions options, KeyExchange producer, HttpExchange http) {
    this.url = url;
    this.options = options;
    this.producer = producer;
    this.http = http;
  }

  /**
   * @param url the whole URL, as {@code https://fe.drmtoday.com/frontend/api/keys/v3/ingest/{org}}:
   *     its version is that of {@code options}
   * @param producer makes keys and KIDs; not closed by {@link #close}
   * @param http closed by {@link #close}
   */
  public static DrmTodayIngest of(
      KeyServerUrl url, DrmTodayOptions options, KeyExchange producer, HttpExchange http) {
    return new DrmTodayIngest(url.uri(), options, producer, http);
  }

  /**
   * Has the producer make the keys, and sends them all at once.
   *
   * @return the producer's keys and rules, with what signalling came back
   * @throws DrmException as the producer; {@link KeyExchangeException} with code {@code
   *     key-request-unsupported} before anything is sent, if a track type is none of DRMtoday's or
   *     FairPlay lacks an IV; {@code key-server-refused} if an asset or a key is not taken, {@code
   *     key-response-invalid} if the answer speaks of other keys, or as {@link
   *     HttpExchange#send(KeyServerCall)}
   */
  @Override
  public CpixDocument exchange(KeyRequest request) throws InterruptedException {
    requireOneKind(request);
    Map<String, KeyId> asked = options.trackTypes().asked(url.getHost(), request);
    CpixDocument made = producer.exchange(request);
    IngestKeys keys = IngestKeys.of(url.getHost(), request, asked, made);
    SecretBytes body = new IngestRequest(options, request).of(keys);
    try (HttpAnswer answer = http.send(KeyServerCall.post(url, "application/json", body))) {
      if (answer.status() != 200) {
        throw KeyExchangeException.refused(url.getHost(), answer.status(), null);
      }
      List<DrmSignaling> signaling =
          new IngestAnswer(url.getHost(), request, options, keys)
              .check(JsonAnswer.read(url.getHost(), answer.body()));
      return signaled(made, signaling);
    } finally {
      body.wipe();
    }
  }

  /**
   * In v2 an asset is for FairPlay or for the others, and nobody says whether keys may be shared.
   */
  private void requireOneKind(KeyRequest request) {
    if (options.version() == IngestVersion.V2
        && request.systems().contains(DrmSystem.FAIRPLAY)
        && request.systems().size() > 1) {
      throw KeyExchangeException.unsupported(
          url.getHost(),
          "its version 2 keeps FairPlay keys apart from those of other systems",
          "Use version 3, or package for FairPlay alone.");
    }
  }

  private static CpixDocument signaled(CpixDocument made, List<DrmSignaling> signaling) {
    return new CpixDocument(
        made.contentId(),
        made.version(),
        made.contentKeys(),
        made.requestedKeys(),
        signaling.isEmpty() ? made.drmSystems() : signaling,
        made.keyPeriods(),
        made.usageRules(),
        made.details());
  }

  /** Gives back a login, if there is one. */
  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return "DrmTodayIngest[" + url.getHost() + "]";
  }
}

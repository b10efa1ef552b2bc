package io.keymux.keyserver.playready;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.signaling.PlayReadyHeader;
import io.keymux.cpix.signaling.PlayReadyObject;
import io.keymux.keyserver.answer.GivenPssh;
import io.keymux.keyserver.answer.KeyAssignment;
import io.keymux.keyserver.answer.ReceivedKey;
import io.keymux.keyserver.answer.ReceivedKeys;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a PlayReady packaging server over SOAP: one key for all tracks, and its PlayReady object.
 * Such servers often ask for a client certificate. Safe for use by several threads.
 *
 * @see "Microsoft PlayReady, AcquirePackagingData Web Method"
 */
public final class PlayReadyPackagingData implements KeyExchange, AutoCloseable {
  private final URI url;
  private final HttpExchange http;

  private PlayReadyPackagingData(URI url, HttpExchange http) {
    this.url = url;
    this.http = http;
  }

  /**
   * @param http closed by {@link #close}; the usual time for this kind of server is 60 s
   */
  public static PlayReadyPackagingData of(KeyServerUrl url, HttpExchange http) {
    return new PlayReadyPackagingData(url.uri(), http);
  }

  /**
   * Asks for the key of the programme that {@link KeyRequest#contentId} names.
   *
   * @throws KeyExchangeException with code {@code key-limit-exceeded} before anything is sent, if
   *     the rules name more than one KID; {@code key-server-refused} for a SOAP fault or any status
   *     but 200, {@code key-response-invalid} if the answer has no key, several, or a PlayReady
   *     object for another, or as {@link HttpExchange#send(KeyServerCall)}
   */
  @Override
  public CpixDocument exchange(KeyRequest request) throws InterruptedException {
    if (request.keyPeriod() != null) {
      throw KeyExchangeException.rotationUnsupported(
          url.getHost(), "PlayReady's packaging interface");
    }
    List<KeyId> keyIds = request.keyIds();
    if (keyIds.size() > 1) {
      throw KeyExchangeException.limitExceeded(url.getHost(), keyIds.size(), 1);
    }
    SecretBytes body = PackagingDataRequest.of(request.contentId());
    KeyServerCall call =
        KeyServerCall.post(url, "text/xml; charset=UTF-8", body)
            .withHeader("SOAPAction", "\"" + PackagingDataRequest.ACTION + "\"");
    try (HttpAnswer answer = http.send(call)) {
      return document(request, read(answer));
    }
  }

  private PackagingDataAnswer read(HttpAnswer answer) {
    Optional<PackagingDataAnswer> read = PackagingDataAnswer.tryRead(url.getHost(), answer.body());
    read.flatMap(PackagingDataAnswer::fault)
        .ifPresent(
            fault -> {
              throw KeyExchangeException.refusedAs(url.getHost(), fault, false);
            });
    if (answer.status() != 200) {
      throw KeyExchangeException.refused(url.getHost(), answer.status(), null);
    }
    return read.orElseThrow(() -> invalid("it is not usable XML"));
  }

  private CpixDocument document(KeyRequest request, PackagingDataAnswer answer) {
    KeyId id = answer.keyId();
    byte[] value = answer.key();
    try {
      String type = request.rules().get(0).intendedTrackType();
      ReceivedKey key =
          new ReceivedKey(type, Bytes.copyOf(id.toBytes()), SecretBytes.copyOf(value), null);
      KeyAssignment keys =
          new ReceivedKeys(url.getHost(), request, Map.of(type, request.keyIds().get(0)))
              .assign(List.of(key));
      return keys.answer(request, signaling(request, id, answer));
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  private List<DrmSignaling> signaling(KeyRequest request, KeyId id, PackagingDataAnswer answer) {
    Optional<byte[]> object = answer.playReadyObject();
    if (object.isEmpty()) {
      return List.of();
    }
    requireHeader(object.get(), id);
    return new GivenPssh(url.getHost(), request)
        .data(DrmSystem.PLAYREADY, id, object.get(), "Data").stream().toList();
  }

  /**
   * Clients ask for a licence by the header's KID, so a swapped one would get no key, or another.
   */
  private void requireHeader(byte[] object, KeyId id) {
    List<KeyId> listed;
    try {
      listed =
          PlayReadyObject.parse(object)
              .header()
              .map(PlayReadyHeader::keyIds)
              .orElseThrow(() -> invalid("the PlayReady object in Data has no header"));
    } catch (KeyExchangeException e) {
      throw e;
    } catch (DrmException e) {
      throw invalid("Data is not a PlayReady object (%s)".formatted(e.code()));
    }
    if (listed.contains(KeyId.ofBytes(id.toGuidBytes())) && !listed.contains(id)) {
      throw invalid(
          "the header in Data has KID %s with its bytes swapped, %s".formatted(id, listed.get(0)));
    }
    if (!listed.equals(List.of(id))) {
      throw invalid("the header in Data is for KID %s, KeyId is %s".formatted(listed, id));
    }
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
    return "PlayReadyPackagingData[" + url.getHost() + "]";
  }
}

package io.keymux.keyserver.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.answer.GivenPssh;
import io.keymux.keyserver.answer.JsonAnswer;
import io.keymux.keyserver.answer.KeyAssignment;
import io.keymux.keyserver.answer.ReceivedKey;
import io.keymux.keyserver.answer.ReceivedKeys;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import io.keymux.keyserver.tencent.TencentDrmOptions.DrmType;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Asks Tencent's DRM service for keys (DescribeKeys); {@link Tc3Authorizer} proves who is asking.
 *
 * <p>The documentation leaves open, and this class assumes: the session key is 16 bytes, wrapped by
 * RSA with PKCS#1 v1.5 padding for a public key that is sent as base64 of its PEM; keys and IVs are
 * 16 bytes under it, with or without padding; a KID is a UUID or 32 hex digits; {@code Pssh} is one
 * Widevine box, or the data of one, for all tracks. Whatever comes otherwise is refused, never
 * guessed at.
 *
 * <p>Safe for use by several threads.
 *
 * @see "Tencent Cloud API 3.0, drm 2018-11-15, DescribeKeys"
 */
public final class TencentDrmKeys implements KeyExchange, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final URI url;
  private final TencentDrmOptions options;
  private final HttpExchange http;

  private TencentDrmKeys(URI url, TencentDrmOptions options, HttpExchange http) {
    this.url = url;
    this.options = options;
    this.http = http;
  }

  /**
   * @param url as {@code https://drm.tencentcloudapi.com/}
   * @param http closed by {@link #close}
   */
  public static TencentDrmKeys of(KeyServerUrl url, TencentDrmOptions options, HttpExchange http) {
    return new TencentDrmKeys(url.uri(), options, http);
  }

  /**
   * Sends one request for all keys; the service makes those that it does not have.
   *
   * @throws KeyExchangeException with code {@code key-request-unsupported} before anything is sent,
   *     if a track type is none of the service's, or FairPlay is to have another scheme than cbcs;
   *     {@code key-server-unauthorized} or {@code key-server-refused} for the service's own errors,
   *     {@code key-response-invalid} if the answer is not one to the question, or as {@link
   *     HttpExchange#send(KeyServerCall)}
   */
  @Override
  public CpixDocument exchange(KeyRequest request) throws InterruptedException {
    if (request.keyPeriod() != null) {
      throw KeyExchangeException.rotationUnsupported(url.getHost(), "Tencent's DRM service");
    }
    if (options.drmType() == DrmType.FAIRPLAY && request.scheme() != ProtectionScheme.CBCS) {
      throw KeyExchangeException.unsupported(
          url.getHost(),
          "its FairPlay keys are for cbcs, not for " + request.scheme().fourCc(),
          "Package with cbcs, or ask for Widevine keys.");
    }
    Map<String, KeyId> asked = options.trackTypes().asked(url.getHost(), request);
    SessionKeys session = SessionKeys.fresh();
    try (HttpAnswer answer = http.send(call(request, asked, session))) {
      if (answer.status() != 200) {
        throw KeyExchangeException.refused(url.getHost(), answer.status(), null);
      }
      JsonAnswer response = JsonAnswer.read(url.getHost(), answer.body()).object("Response");
      if (response.has("Error")) {
        throw TencentError.of(url.getHost(), response.object("Error"));
      }
      return document(request, asked, session, response);
    }
  }

  private KeyServerCall call(KeyRequest request, Map<String, KeyId> asked, SessionKeys session) {
    ObjectNode body = JSON.createObjectNode();
    body.put("DrmType", options.drmType().name());
    ArrayNode tracks = body.putArray("Tracks");
    asked.keySet().forEach(tracks::add);
    body.put("ContentType", options.contentType().word());
    body.put("RsaPublicKey", session.publicKey());
    body.put("ContentId", request.contentId());
    KeyServerCall call =
        KeyServerCall.post(
                url,
                "application/json; charset=utf-8",
                SecretBytes.copyOf(body.toString().getBytes(UTF_8)))
            .withHeader("X-TC-Action", "DescribeKeys")
            .withHeader("X-TC-Version", "2018-11-15");
    return options.region() == null ? call : call.withHeader("X-TC-Region", options.region());
  }

  private CpixDocument document(
      KeyRequest request, Map<String, KeyId> asked, SessionKeys session, JsonAnswer response) {
    if (response.has("ContentId")
        && !Objects.equals(response.text("ContentId"), request.contentId())) {
      throw invalid("ContentId is not that of the request");
    }
    byte[] sessionKey =
        session
            .unwrap(response.base64("SessionKey"))
            .orElseThrow(() -> invalid("SessionKey is not 16 bytes for the key that was sent"));
    try {
      List<ReceivedKey> keys = new ArrayList<>();
      for (JsonAnswer key : response.objects("Keys")) {
        keys.add(key(key, sessionKey));
      }
      KeyAssignment assigned = new ReceivedKeys(url.getHost(), request, asked).assign(keys);
      return assigned.answer(request, signaling(request, assigned, response));
    } finally {
      Arrays.fill(sessionKey, (byte) 0);
    }
  }

  private ReceivedKey key(JsonAnswer key, byte[] sessionKey) {
    byte[] value = decrypted(key, "Key", sessionKey);
    try {
      return new ReceivedKey(
          key.text("Track"),
          Bytes.copyOf(keyId(key).toBytes()),
          SecretBytes.copyOf(value),
          key.optionalText("Iv").isEmpty() ? null : Bytes.copyOf(decrypted(key, "Iv", sessionKey)));
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  private byte[] decrypted(JsonAnswer key, String name, byte[] sessionKey) {
    return SessionKeys.decrypt(sessionKey, key.base64(name))
        .orElseThrow(
            () ->
                invalid(
                    "%s.%s is not 16 bytes under the session key".formatted(key.place(), name)));
  }

  private KeyId keyId(JsonAnswer key) {
    String text = key.text("KeyId");
    try {
      return KeyId.parse(text);
    } catch (DrmException e) {
      // Its message quotes the text.
      throw invalid(key.place() + ".KeyId is not a KID");
    }
  }

  private List<DrmSignaling> signaling(
      KeyRequest request, KeyAssignment assigned, JsonAnswer response) {
    if (options.drmType() != DrmType.WIDEVINE) {
      return List.of();
    }
    List<DrmSignaling> signaling = new ArrayList<>();
    GivenPssh given = new GivenPssh(url.getHost(), request);
    response
        .optionalBase64("Pssh")
        .ifPresent(
            pssh ->
                assigned
                    .keys()
                    .values()
                    .forEach(
                        key ->
                            given
                                .either(DrmSystem.WIDEVINE, key.id(), pssh, "Response.Pssh")
                                .ifPresent(signaling::add)));
    return signaling;
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
    return "TencentDrmKeys[" + url.getHost() + "]";
  }
}

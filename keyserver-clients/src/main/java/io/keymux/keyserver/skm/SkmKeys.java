package io.keymux.keyserver.skm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.answer.JsonAnswer;
import io.keymux.keyserver.answer.KeyAssignment;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import java.net.URI;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts keys into a key store. They are made by a producer, so the store only keeps them; one that
 * the store has already for a KID stays, and is the one that counts. One call for each key.
 */
public final class SkmKeys implements KeyExchange, AutoCloseable {
  private static final SecretBytes ZERO = SecretBytes.copyOf(new byte[ContentKey.SIZE_BYTES]);

  private final URI keys;
  private final KeyExchange producer;
  private final @Nullable KeyWrapping wrapping;
  private final HttpExchange http;

  private SkmKeys(
      URI keys, KeyExchange producer, @Nullable KeyWrapping wrapping, HttpExchange http) {
    this.keys = keys;
    this.producer = producer;
    this.wrapping = wrapping;
    this.http = http;
  }

  /**
   * @param keys where key objects are posted, {@code https://…/keystore/keys}
   * @param producer makes the keys
   * @param kek 16 or 32 bytes that keys are wrapped with, or null to send them in the clear inside
   *     TLS
   */
  public static SkmKeys of(
      URI keys, KeyExchange producer, @Nullable SecretBytes kek, HttpExchange http) {
    return new SkmKeys(keys, producer, kek == null ? null : new KeyWrapping(kek), http);
  }

  /**
   * @throws KeyExchangeException with code {@code key-server-refused} for any status but 200 and
   *     201, {@code key-response-invalid} if the store answers with another KID, no key, or one
   *     that is not of 16 bytes or not wrapped under the KEK; or as {@link HttpExchange#send}
   */
  @Override
  public CpixDocument exchange(KeyRequest request) throws InterruptedException {
    CpixDocument made = producer.exchange(request);
    Map<KeyId, ContentKey> stored = new LinkedHashMap<>();
    for (int i = 0; i < request.rules().size(); i++) {
      KeyId asked = request.rules().get(i).keyId();
      if (!stored.containsKey(asked)) {
        KeyId id = made.usageRules().get(i).keyId();
        ContentKey key =
            made.contentKey(id)
                .orElseThrow(() -> new IllegalStateException("the producer made no key " + id));
        stored.put(asked, store(request.contentId(), key));
      }
    }
    return new KeyAssignment(stored).answer(request);
  }

  private ContentKey store(String contentId, ContentKey key) throws InterruptedException {
    byte[] body = keyObject(contentId, key);
    SecretBytes secret = SecretBytes.copyOf(body);
    Arrays.fill(body, (byte) 0);
    try (HttpAnswer answer = http.send(KeyServerCall.post(keys, "application/json", secret))) {
      if (answer.status() != 200 && answer.status() != 201) {
        throw KeyExchangeException.refused(keys.getHost(), answer.status(), null);
      }
      return new ContentKey(
          key.id(), answered(key.id(), answer), key.scheme(), key.explicitIv(), key.details());
    } finally {
      secret.wipe();
    }
  }

  /** Put together as bytes, so that they can be overwritten. */
  private byte[] keyObject(String contentId, ContentKey key) {
    String head =
        "{\"kid\":\"%s\",\"contentId\":\"%s\","
            .formatted(HexFormat.of().formatHex(key.id().toBytes()), contentId);
    byte[] value = wrapping == null ? key.value().reveal() : wrapping.wrap(key.value());
    String name =
        wrapping == null ? "\"k\":\"" : "\"kekId\":\"%s\",\"ek\":\"".formatted(wrapping.id());
    byte[] start = (head + name).getBytes(US_ASCII);
    byte[] object = Arrays.copyOf(start, start.length + 2 * value.length + 2);
    int at = start.length;
    for (byte octet : value) {
      object[at++] = (byte) Character.forDigit((octet >> 4) & 0xf, 16);
      object[at++] = (byte) Character.forDigit(octet & 0xf, 16);
    }
    object[at++] = '"';
    object[at] = '}';
    Arrays.fill(value, (byte) 0);
    return object;
  }

  private SecretBytes answered(KeyId id, HttpAnswer answer) {
    JsonAnswer object = JsonAnswer.read(keys.getHost(), answer.body());
    if (!Arrays.equals(hex(object, "kid"), id.toBytes())) {
      throw invalid("its kid is not the KID " + id + " that was stored");
    }
    byte[] value = hex(object, wrapping == null ? "k" : "ek");
    try {
      SecretBytes key = wrapping == null ? SecretBytes.copyOf(value) : wrapping.unwrap(value);
      if (key == null) {
        throw invalid("the key of KID " + id + " is not wrapped under this KEK");
      }
      if (key.size() != ContentKey.SIZE_BYTES || key.equals(ZERO)) {
        throw invalid("the key of KID " + id + " is not one of 16 bytes");
      }
      return key;
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  /** KIDs come with hyphens too. */
  private byte[] hex(JsonAnswer object, String name) {
    try {
      return HexFormat.of().parseHex(object.text(name).replace("-", ""));
    } catch (IllegalArgumentException e) {
      throw invalid(name + " is not hex");
    }
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(keys.getHost(), violation);
  }

  /** Gives back a login, if there is one. */
  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return "SkmKeys[" + keys.getHost() + "]";
  }
}

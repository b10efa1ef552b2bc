package io.keymux.api.keyserver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.javalin.http.Context;
import io.keymux.api.json.Json;
import io.keymux.api.problem.FieldError;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives keys to players: whoever is let in gets the keys of the tenant that were issued. */
public final class KeyDelivery {
  private static final int MAX_KIDS = 64;

  private final EmbeddedKeys keys;

  public KeyDelivery(EmbeddedKeys keys) {
    this.keys = keys;
  }

  /**
   * {@code GET /keys/{contentId}/{kid}}: the 16 bytes of a key, as HLS players ask for them.
   *
   * @see "RFC 8216, 4.3.2.4 EXT-X-KEY, URI"
   */
  public void raw(Context ctx) throws IOException {
    KeyId id = KeyId.parse(ctx.pathParam("kid"));
    SecretBytes key =
        keys.delivered(ctx.pathParam("contentId"), id)
            .orElseThrow(() -> RequestException.notFound("A key for KID " + id));
    byte[] value = key.reveal();
    try {
      send(ctx, "application/octet-stream", value);
    } finally {
      Arrays.fill(value, (byte) 0);
      key.wipe();
    }
  }

  /**
   * {@code POST /clearkey}: a licence for the KIDs that were issued; others are left out.
   *
   * @see "W3C Encrypted Media Extensions, 9.1.3 License Request Format, 9.1.4 License Format"
   */
  public void licence(Context ctx, byte[] body) throws IOException {
    LicenceRequest request = Json.read(body, LicenceRequest.class);
    Map<KeyId, SecretBytes> found = new LinkedHashMap<>();
    List<KeyId> asked = request.keyIds();
    for (KeyId id : asked) {
      keys.delivered(id).ifPresent(key -> found.put(id, key));
    }
    byte[] licence = licence(found, request.type());
    try {
      send(ctx, "application/json", licence);
    } finally {
      Arrays.fill(licence, (byte) 0);
      found.values().forEach(SecretBytes::wipe);
    }
  }

  /** Put together as bytes, so that they can be overwritten. */
  private static byte[] licence(Map<KeyId, SecretBytes> keys, @Nullable String type) {
    WipedBuffer out = new WipedBuffer(128 + 128 * keys.size());
    out.add("{\"keys\":[");
    String separator = "";
    for (Map.Entry<KeyId, SecretBytes> entry : keys.entrySet()) {
      byte[] value = entry.getValue().reveal();
      byte[] encoded = Base64.getUrlEncoder().withoutPadding().encode(value);
      String id = Base64.getUrlEncoder().withoutPadding().encodeToString(entry.getKey().toBytes());
      out.add(separator + "{\"kty\":\"oct\",\"kid\":\"" + id + "\",\"k\":\"");
      out.add(encoded);
      out.add("\"}");
      Arrays.fill(value, (byte) 0);
      Arrays.fill(encoded, (byte) 0);
      separator = ",";
    }
    out.add("],\"type\":\"" + (type == null ? "temporary" : type) + "\"}");
    return out.drain();
  }

  private static void send(Context ctx, String type, byte[] secret) throws IOException {
    ctx.disableCompression().status(200).contentType(type).header("Cache-Control", "no-store");
    ctx.res().setContentLength(secret.length);
    try (OutputStream out = ctx.res().getOutputStream()) {
      out.write(secret);
    }
  }

  /**
   * @param kids base64url without padding
   * @param type of the session: temporary or persistent-license
   */
  record LicenceRequest(@Nullable List<String> kids, @Nullable String type) {
    LicenceRequest {
      kids = kids == null ? List.of() : List.copyOf(kids);
      if (type != null && !type.equals("temporary") && !type.equals("persistent-license")) {
        throw RequestException.invalidValue(
            new FieldError("/type", "invalid-value", "not temporary or persistent-license."));
      }
    }

    List<KeyId> keyIds() {
      List<String> wanted = kids == null ? List.of() : kids;
      if (wanted.isEmpty() || wanted.size() > MAX_KIDS) {
        throw RequestException.invalidValue(
            new FieldError("/kids", "invalid-value", "not a list of 1 to " + MAX_KIDS + " KIDs."));
      }
      return wanted.stream().map(LicenceRequest::keyId).distinct().toList();
    }

    private static KeyId keyId(String text) {
      try {
        byte[] id = Base64.getUrlDecoder().decode(text.getBytes(US_ASCII));
        if (id.length == KeyId.SIZE_BYTES) {
          return KeyId.ofBytes(id);
        }
      } catch (IllegalArgumentException e) {
        // Answered below.
      }
      throw RequestException.invalidValue(
          new FieldError("/kids", "invalid-kid", "a KID is not 16 bytes in base64url."));
    }
  }
}

package io.keymux.keyserver.widevine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests. The order of members is that of Shaka Packager: it does not matter to JSON, but
 * servers have been tested with it.
 *
 * @param host of the key server, for messages
 */
record WidevineRequest(String host, WidevineOptions options) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The request in its envelope, signed. */
  SecretBytes signed(KeyRequest request, Set<String> trackTypes, @Nullable CryptoPeriods periods) {
    byte[] inner = inner(request, trackTypes, periods).toString().getBytes(UTF_8);
    ObjectNode envelope = JSON.createObjectNode();
    envelope.put("request", inner);
    options
        .signer()
        .sign(inner)
        .ifPresent(
            signature -> {
              envelope.put("signature", signature);
              envelope.put("signer", options.signer().name());
            });
    return SecretBytes.copyOf(envelope.toString().getBytes(UTF_8));
  }

  ObjectNode inner(KeyRequest request, Set<String> trackTypes, @Nullable CryptoPeriods periods) {
    ObjectNode inner = JSON.createObjectNode();
    inner.put("content_id", contentId(request.contentId()));
    inner.put("policy", options.policy());
    ArrayNode tracks = inner.putArray("tracks");
    trackTypes.forEach(type -> tracks.addObject().put("type", type));
    ArrayNode drmTypes = inner.putArray("drm_types");
    options.drmTypes().forEach(drmTypes::add);
    if (periods != null) {
      inner.put("first_crypto_period_index", periods.firstIndex());
      inner.put("crypto_period_count", periods.count());
      if (periods.seconds() > 0) {
        inner.put("crypto_period_seconds", periods.seconds());
      }
    }
    if (options.groupId() != null) {
      inner.put("group_id", options.groupId().toBase64());
    }
    inner.put("protection_scheme", request.scheme().name());
    return inner;
  }

  private String contentId(String id) {
    return switch (options.contentIdForm()) {
      case AS_IS -> id;
      case TEXT -> Base64.getEncoder().encodeToString(id.getBytes(UTF_8));
      case HEX -> {
        try {
          yield Base64.getEncoder().encodeToString(HexFormat.of().parseHex(id));
        } catch (IllegalArgumentException e) {
          throw KeyExchangeException.unsupported(
              host,
              "content id \"%s\" is not hex".formatted(id),
              "Give it in hex, or change the form in the key server's profile.");
        }
      }
    };
  }
}

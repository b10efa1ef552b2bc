package io.keymux.api.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keymux.api.json.Json;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Stands in for Vault's transit engine and for AWS KMS, with the requests and answers of their
 * references; encrypts with associated data as they do.
 */
final class KeyServices implements AutoCloseable {
  static final String TOKEN = "hvs.token-of-the-test";

  private static final SecretBytes KEY = SecretBytes.copyOf(new byte[32]);
  private final HttpServer server;
  final List<String> requests = new ArrayList<>();
  volatile int status = 200;

  KeyServices() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/", this::vault);
    server.createContext("/", this::kms);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void vault(HttpExchange call) throws IOException {
    JsonNode body = Json.read(call.getRequestBody().readAllBytes(), JsonNode.class);
    String path = call.getRequestURI().getRawPath();
    requests.add(path);
    if (!TOKEN.equals(call.getRequestHeaders().getFirst("X-Vault-Token"))) {
      answer(call, 403, Map.of("errors", List.of("permission denied")));
      return;
    }
    byte[] context = b64(body, "associated_data");
    if (status != 200) {
      answer(call, status, Map.of("errors", List.of("internal error with a SECRET")));
    } else if (path.equals("/v1/transit/encrypt/keymux")) {
      String hidden = b64(AesGcm.encrypt(KEY, context, b64(body, "plaintext")));
      answer(call, 200, Map.of("data", Map.of("ciphertext", "vault:v1:" + hidden)));
    } else if (path.equals("/v1/transit/decrypt/keymux")) {
      String text = body.path("ciphertext").asText();
      byte[] hidden = Base64.getDecoder().decode(text.substring(text.lastIndexOf(':') + 1));
      try {
        String plain = b64(AesGcm.decrypt(KEY, context, hidden, 0));
        answer(call, 200, Map.of("data", Map.of("plaintext", plain)));
      } catch (GeneralSecurityException e) {
        answer(call, 400, Map.of("errors", List.of("message authentication failed")));
      }
    } else {
      answer(call, 404, Map.of("errors", List.of()));
    }
  }

  private void kms(HttpExchange call) throws IOException {
    JsonNode body = Json.read(call.getRequestBody().readAllBytes(), JsonNode.class);
    String target = String.valueOf(call.getRequestHeaders().getFirst("X-Amz-Target"));
    requests.add(target);
    String authorization = String.valueOf(call.getRequestHeaders().getFirst("Authorization"));
    byte[] context = body.path("EncryptionContext").path("keymux").asText().getBytes(UTF_8);
    if (status != 200) {
      answer(call, status, Map.of("__type", "KMSInternalException", "message", "a SECRET"));
    } else if (!authorization.matches("AWS4-HMAC-SHA256 .*/kms/aws4_request.*")
        || !body.path("KeyId").asText().equals("alias/keymux")) {
      answer(call, 400, Map.of("__type", "AccessDeniedException"));
    } else if (target.equals("TrentService.Encrypt")) {
      String hidden = b64(AesGcm.encrypt(KEY, context, b64(body, "Plaintext")));
      answer(call, 200, Map.of("CiphertextBlob", hidden, "KeyId", "alias/keymux"));
    } else {
      try {
        byte[] plain = AesGcm.decrypt(KEY, context, b64(body, "CiphertextBlob"), 0);
        answer(call, 200, Map.of("Plaintext", b64(plain), "KeyId", "alias/keymux"));
      } catch (GeneralSecurityException e) {
        answer(call, 400, Map.of("__type", "InvalidCiphertextException"));
      }
    }
  }

  private static void answer(HttpExchange call, int status, Map<String, Object> body)
      throws IOException {
    byte[] json = Json.line(body).getBytes(UTF_8);
    call.getResponseHeaders().add("Content-Type", "application/json");
    call.sendResponseHeaders(status, json.length);
    call.getResponseBody().write(json);
    call.close();
  }

  private static byte[] b64(JsonNode body, String field) {
    return Base64.getDecoder().decode(body.path(field).asText());
  }

  private static String b64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

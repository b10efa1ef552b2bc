package io.keymux.api.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import io.keymux.api.secret.SecretText;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpLimits;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key in the transit engine of HashiCorp Vault or OpenBao, which never leaves it. The key must be
 * of a type that takes associated data, as {@code aes256-gcm96} is.
 *
 * @see "Vault HTTP API, Transit secrets engine, Encrypt data and Decrypt data"
 */
public final class VaultTransitKey implements KeyEncryptionKey {
  private static final HttpLimits LIMITS =
      HttpLimits.DEFAULT
          .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(15))
          .withResponseBytes(1 << 16);

  private final Vault vault;
  private final Supplier<SecretBytes> token;
  private final HttpExchange exchange;

  /**
   * Where the key is.
   *
   * @param address of the server, as {@code https://vault.example.com:8200}
   * @param mount path of the engine, as {@code transit}
   * @param key its name
   * @param namespace of Vault Enterprise or OpenBao, or null
   */
  public record Vault(URI address, String mount, String key, @Nullable String namespace) {}

  /**
   * @param token asked for at each call, because agents renew it
   */
  public VaultTransitKey(Vault vault, Supplier<SecretBytes> token) {
    this.vault = vault;
    this.token = token;
    this.exchange = HttpSettings.DEFAULT.withLimits(LIMITS).open(CallAuthorizer.none());
  }

  /** Without the address: a server may move. */
  @Override
  public String id() {
    return "vault:" + vault.mount() + "/" + vault.key();
  }

  @Override
  public Bytes wrap(SecretBytes key, String context) {
    JsonNode data =
        call(
            "encrypt",
            Map.of("plaintext", SecretText.base64(key), "associated_data", b64(context)));
    String ciphertext = data.path("ciphertext").asText();
    if (!ciphertext.startsWith("vault:")) {
      throw EnvelopeException.unavailable(id(), "the answer has no ciphertext", null);
    }
    return Bytes.copyOf(ciphertext.getBytes(UTF_8));
  }

  @Override
  public SecretBytes unwrap(Bytes wrapped, String context) {
    String ciphertext = new String(wrapped.toArray(), UTF_8);
    JsonNode data =
        call("decrypt", Map.of("ciphertext", ciphertext, "associated_data", b64(context)));
    try {
      return SecretText.ofBase64(data.path("plaintext").asText());
    } catch (IllegalArgumentException e) {
      throw EnvelopeException.unavailable(id(), "the answer has no plaintext", null);
    }
  }

  private static String b64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private JsonNode call(String operation, Map<String, String> body) {
    URI uri =
        URI.create(vault.address() + "/v1/" + vault.mount() + "/" + operation + "/" + vault.key());
    KeyServerCall call =
        KeyServerCall.post(uri, "application/json", SecretText.of(Json.line(body)))
            .withHeader("X-Vault-Request", "true")
            .withHeader("X-Vault-Token", SecretText.utf8(token.get()));
    String namespace = vault.namespace();
    if (namespace != null) {
      call = call.withHeader("X-Vault-Namespace", namespace);
    }
    try (HttpAnswer answer = exchange.send(call)) {
      if (answer.status() == 400 && operation.equals("decrypt")) {
        throw EnvelopeException.undecryptable("a key under " + id(), null);
      }
      if (answer.status() != 200) {
        throw EnvelopeException.unavailable(id(), "Vault answers " + answer.status(), null);
      }
      return Json.read(answer.body(), JsonNode.class).path("data");
    } catch (KeyExchangeException e) {
      throw EnvelopeException.unavailable(id(), e.code(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EnvelopeException.unavailable(id(), "the thread was interrupted", e);
    }
  }

  @Override
  public String toString() {
    return id();
  }
}

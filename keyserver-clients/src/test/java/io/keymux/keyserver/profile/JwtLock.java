package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.Request;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A signed token at the end of the query, two minutes long, of the issuer {@code acme}.
 *
 * @param secret of HS256, or null
 * @param key of RS256, or null
 */
record JwtLock(String parameter, @Nullable String secret, @Nullable PublicKey key) implements Lock {

  @Override
  public @Nullable String objection(Request request, String plain, String type) {
    String start = plain + (plain.contains("?") ? "&" : "?") + parameter + "=";
    if (!request.getUrl().startsWith(start)) {
      return "the URL";
    }
    String[] parts = request.getUrl().substring(start.length()).split("\\.", -1);
    try {
      return parts.length == 3 && says(json(parts[0]), json(parts[1])) && signed(parts)
          ? null
          : "the token";
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return "the form of the token";
    }
  }

  private boolean says(JsonNode header, JsonNode claims) {
    long age = Instant.now().getEpochSecond() - claims.path("iat").asLong();
    return header.path("alg").asText().equals(secret == null ? "RS256" : "HS256")
        && header.path("kid").asText().equals("key-7")
        && claims.path("iss").asText().equals("acme")
        && claims.path("exp").asLong() - claims.path("iat").asLong() == 120
        && age >= 0
        && age < 60
        && !claims.path("jti").asText().isEmpty();
  }

  private boolean signed(String[] parts) throws GeneralSecurityException {
    String text = parts[0] + "." + parts[1];
    byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
    if (secret != null) {
      return MessageDigest.isEqual(SignatureLocks.hmac(secret.getBytes(UTF_8), text), signature);
    }
    Signature rsa = Signature.getInstance("SHA256withRSA");
    rsa.initVerify(key);
    rsa.update(text.getBytes(US_ASCII));
    return rsa.verify(signature);
  }

  private static JsonNode json(String part) throws IOException {
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(part));
  }
}

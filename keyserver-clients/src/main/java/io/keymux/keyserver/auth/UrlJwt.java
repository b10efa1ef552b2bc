package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.Credential;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.KeyServerCall;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Token in the query, signed anew for each attempt, as BuyDRM KeyOS wants it.
 *
 * @see "RFC 7519, JSON Web Token"
 */
public final class UrlJwt implements CallAuthorizer {

  /** Signatures with a private key. */
  public enum Algorithm {
    /** RSA with PKCS #1 v1.5 padding, SHA-256. */
    RS256,
    /** RSA with PSS padding, SHA-256. */
    PS256,
    /** ECDSA on P-256, SHA-256. */
    ES256
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final JwtKey key;
  private final String parameter;
  private final @Nullable String keyId;
  private final Map<String, String> claims;
  private final Duration lifetime;
  private final Clock clock;

  private UrlJwt(Builder settings) {
    this.key = settings.key;
    this.parameter = settings.parameter;
    this.keyId = settings.keyId;
    this.claims = new LinkedHashMap<>(settings.claims);
    this.lifetime = settings.lifetime;
    this.clock = settings.clock;
  }

  /**
   * @param key RSA of at least 2048 bits, or EC on P-256
   * @throws DrmException with code {@code key-server-credentials-invalid} if the algorithm needs
   *     another key
   */
  public static Builder signedWith(Algorithm algorithm, PrivateKey key) {
    return new Builder(JwtKey.of(algorithm, key));
  }

  /**
   * @param algorithm one of RSA
   * @throws DrmException as {@link #signedWith(Algorithm, PrivateKey)}
   */
  public static Builder signedWith(Algorithm algorithm, Credential credential) {
    return signedWith(algorithm, credential.privateKey());
  }

  /**
   * HS256.
   *
   * @param secret at least 32 bytes
   * @throws DrmException with code {@code key-server-credentials-invalid} if it is shorter
   */
  public static Builder signedWith(SecretBytes secret) {
    return new Builder(JwtKey.of(secret));
  }

  @Override
  public KeyServerCall authorize(KeyServerCall call, CallSender sender) {
    return call.withUri(UriParts.withParameter(call.uri(), parameter, token()));
  }

  /** In compact serialization. */
  private String token() {
    ObjectNode header = MAPPER.createObjectNode();
    header.put("alg", key.algorithm()).put("typ", "JWT");
    if (keyId != null) {
      header.put("kid", keyId);
    }
    long now = clock.instant().getEpochSecond();
    ObjectNode payload = MAPPER.createObjectNode();
    claims.forEach(payload::put);
    payload.put("iat", now).put("exp", now + lifetime.toSeconds());
    payload.put("jti", UUID.randomUUID().toString());
    try {
      String signed = encoded(header) + "." + encoded(payload);
      return signed + "." + BASE64URL.encodeToString(key.sign(signed.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw UnusableCredentials.because(
          "The private key for the key server's token did not sign with " + key.algorithm() + ".",
          "Check the key, and the hardware module if it lives in one.");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an object of strings and numbers is JSON");
    }
  }

  private static String encoded(ObjectNode json) throws JsonProcessingException {
    return BASE64URL.encodeToString(MAPPER.writeValueAsBytes(json));
  }

  @Override
  public String toString() {
    return "UrlJwt[" + parameter + ", " + key.algorithm() + "]";
  }

  /** Sets what the token says. */
  public static final class Builder {
    private final JwtKey key;
    private String parameter = "auth-token";
    private @Nullable String keyId;
    private final Map<String, String> claims = new LinkedHashMap<>();
    private Duration lifetime = Duration.ofMinutes(5);
    private Clock clock = Clock.systemUTC();

    private Builder(JwtKey key) {
      this.key = key;
    }

    /** The name in the query; {@code auth-token} by default. */
    public Builder parameter(String name) {
      parameter = name;
      return this;
    }

    /** The header {@code kid}, which tells the server which of our keys signed. */
    public Builder keyId(String id) {
      keyId = id;
      return this;
    }

    public Builder issuer(String issuer) {
      return put("iss", issuer);
    }

    public Builder subject(String subject) {
      return put("sub", subject);
    }

    public Builder audience(String audience) {
      return put("aud", audience);
    }

    /**
     * Another claim, whose value is a string.
     *
     * @throws IllegalArgumentException for {@code iat}, {@code exp} and {@code jti}, which differ
     *     with every token
     */
    public Builder claim(String name, String value) {
      if (name.equals("iat") || name.equals("exp") || name.equals("jti")) {
        throw new IllegalArgumentException("the claim " + name + " is made for each token");
      }
      return put(name, value);
    }

    /**
     * From {@code iat} to {@code exp}; 5 minutes by default.
     *
     * @throws IllegalArgumentException if it is shorter than a second
     */
    public Builder lifetime(Duration duration) {
      if (duration.toSeconds() < 1) {
        throw new IllegalArgumentException("a token must live a second at least: " + duration);
      }
      lifetime = duration;
      return this;
    }

    Builder clock(Clock other) {
      clock = other;
      return this;
    }

    private Builder put(String name, String value) {
      claims.put(name, value);
      return this;
    }

    public CallAuthorizer build() {
      return new UrlJwt(this);
    }
  }
}

package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.credential.Credential;
import io.keymux.keyserver.auth.UrlJwt.Algorithm;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.KeyServerCall;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens are checked as a server would, with the public key. */
class UrlJwtTest {
  private static final KeyPair RSA = rsa(2048);
  private static final KeyPair EC = ec("secp256r1");
  private static final String SECRET = "0123456789abcdef0123456789ABCDEF";
  private static final KeyServerCall CALL =
      KeyServerCall.get(URI.create("https://k.example/api?x=%20"));

  private final SettableClock clock = new SettableClock("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void authorize_privateKey_signsWhatThePublicKeyVerifies(Algorithm algorithm) throws Exception {
    KeyPair pair = algorithm == Algorithm.ES256 ? EC : RSA;
    List<String> parts =
        parts(UrlJwt.signedWith(algorithm, pair.getPrivate()).clock(clock).build(), "auth-token");

    assertThat(json(parts.get(0)).toString())
        .isEqualTo("{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(algorithm));
    String signed = parts.get(0) + "." + parts.get(1);
    assertThat(verifies(algorithm, pair.getPublic(), signed, parts.get(2))).isTrue();
    assertThat(verifies(algorithm, pair.getPublic(), signed + "A", parts.get(2))).isFalse();
  }

  @Test
  void authorize_es256_isTheRawForm() throws Exception {
    for (int i = 0; i < 20; i++) {
      List<String> parts =
          parts(UrlJwt.signedWith(Algorithm.ES256, EC.getPrivate()).build(), "auth-token");
      assertThat(Base64.getUrlDecoder().decode(parts.get(2))).hasSize(64);
    }
  }

  /** The example of RFC 7515, A.1 shows the MAC; here it is that of another implementation. */
  @Test
  void authorize_secret_isHs256() throws Exception {
    List<String> parts = parts(UrlJwt.signedWith(Secrets.of(SECRET)).build(), "auth-token");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(US_ASCII), "any"));
    byte[] expected = mac.doFinal((parts.get(0) + "." + parts.get(1)).getBytes(US_ASCII));

    assertThat(json(parts.get(0)).path("alg").asText()).isEqualTo("HS256");
    assertThat(Base64.getUrlDecoder().decode(parts.get(2))).isEqualTo(expected);
  }

  @Test
  void hmac_exampleOfRfc7515_isTheSame() {
    byte[] key =
        Base64.getUrlDecoder()
            .decode(
                "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75"
                    + "aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
    String signed =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
            + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    assertThat(
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HmacSha256.of(key, signed.getBytes(US_ASCII))))
        .isEqualTo("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  }

  @Test
  void authorize_claims_areAllThere() throws Exception {
    CallAuthorizer authorizer =
        UrlJwt.signedWith(Secrets.of(SECRET))
            .parameter("jwt")
            .keyId("k-1")
            .issuer("acme")
            .subject("\"packager\"")
            .audience("https://k.example")
            .claim("site", "\u00fc")
            .lifetime(Duration.ofSeconds(90))
            .clock(clock)
            .build();

    List<String> parts = parts(authorizer, "jwt");
    JsonNode claims = json(parts.get(1));

    assertThat(json(parts.get(0)).path("kid").asText()).isEqualTo("k-1");
    assertThat(claims.path("iss").asText()).isEqualTo("acme");
    assertThat(claims.path("sub").asText()).isEqualTo("\"packager\"");
    assertThat(claims.path("aud").asText()).isEqualTo("https://k.example");
    assertThat(claims.path("site").asText()).isEqualTo("\u00fc");
    assertThat(claims.path("iat").longValue()).isEqualTo(1_767_225_600L);
    assertThat(claims.path("exp").longValue()).isEqualTo(1_767_225_690L);
    assertThat(claims.path("jti").asText()).hasSize(36);
    assertThat(claims).hasSize(7);
    assertThat(json(parts(authorizer, "jwt").get(1)).path("jti").asText())
        .isNotEqualTo(claims.path("jti").asText());
  }

  @Test
  void authorize_url_keepsItsQuery() throws Exception {
    CallAuthorizer authorizer = UrlJwt.signedWith(Secrets.of(SECRET)).build();
    KeyServerCall once = authorizer.authorize(CALL, new ScriptedSender());
    KeyServerCall twice = authorizer.authorize(once, new ScriptedSender());

    assertThat(twice.uri().getRawQuery()).startsWith("x=%20&auth-token=");
    assertThat(twice.uri().getRawQuery().split("auth-token")).hasSize(2);
    assertThat(twice.uri()).isNotEqualTo(once.uri());
    assertThat(authorizer.renew(once, ScriptedSender.refusal(401))).isFalse();
  }

  @Test
  void signedWith_keyOfAnotherKind_isRefused() {
    refused(() -> UrlJwt.signedWith(Algorithm.RS256, EC.getPrivate()), "RS256 needs an RSA key");
    refused(() -> UrlJwt.signedWith(Algorithm.PS256, EC.getPrivate()), "PS256 needs an RSA key");
    refused(() -> UrlJwt.signedWith(Algorithm.ES256, RSA.getPrivate()), "ES256 needs an EC key");
    refused(
        () -> UrlJwt.signedWith(Algorithm.ES256, ec("secp384r1").getPrivate()),
        "ES256 needs a key on the curve P-256");
    refused(() -> UrlJwt.signedWith(Algorithm.RS256, rsa(1024).getPrivate()), "at least 2048 bits");
    refused(() -> UrlJwt.signedWith(Secrets.of(SECRET.substring(1))), "at least 32 bytes, not 31");
  }

  @Test
  void signedWith_credential_usesItsKey() throws Exception {
    Credential credential = Certificates.selfSigned("jwt");
    List<String> parts =
        parts(UrlJwt.signedWith(Algorithm.RS256, credential).build(), "auth-token");
    assertThat(
            verifies(
                Algorithm.RS256,
                credential.certificate().getPublicKey(),
                parts.get(0) + "." + parts.get(1),
                parts.get(2)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "exp", "jti"})
  void claim_madeForEachToken_isRefused(String name) {
    UrlJwt.Builder builder = UrlJwt.signedWith(Secrets.of(SECRET));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.claim(name, "1"));
  }

  @Test
  void lifetime_lessThanASecond_isRefused() {
    UrlJwt.Builder builder = UrlJwt.signedWith(Secrets.of(SECRET));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.lifetime(Duration.ofMillis(999)));
  }

  private static void refused(Runnable making, String message) {
    assertThatThrownBy(making::run)
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> assertThat(e.code()).isEqualTo("key-server-credentials-invalid"))
        .hasMessageContaining(message);
  }

  private static List<String> parts(CallAuthorizer authorizer, String parameter) throws Exception {
    URI uri = authorizer.authorize(CALL, new ScriptedSender()).uri();
    String token = String.valueOf(UriParts.parameter(uri, parameter));
    assertThat(token).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    return List.of(token.split("\\.", -1));
  }

  private static JsonNode json(String part) throws Exception {
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(part));
  }

  private static boolean verifies(
      Algorithm algorithm, PublicKey key, String signed, String signature) throws Exception {
    byte[] bytes = Base64.getUrlDecoder().decode(signature);
    Signature verifier =
        switch (algorithm) {
          case RS256 -> Signature.getInstance("SHA256withRSA");
          case PS256 -> Signature.getInstance("RSASSA-PSS");
          case ES256 -> Signature.getInstance("SHA256withECDSA");
        };
    if (algorithm == Algorithm.PS256) {
      verifier.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    verifier.initVerify(key);
    verifier.update(signed.getBytes(US_ASCII));
    return verifier.verify(algorithm == Algorithm.ES256 ? der(bytes) : bytes);
  }

  /** The form that the JDK's other verifier knows. */
  private static byte[] der(byte[] raw) throws Exception {
    BigInteger r = new BigInteger(1, Arrays.copyOf(raw, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(raw, 32, 64));
    assertThat(HexFormat.of().formatHex(raw)).hasSize(128);
    return new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)})
        .getEncoded();
  }

  private static KeyPair rsa(int bits) {
    return Certificates.rsa(bits);
  }

  private static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}

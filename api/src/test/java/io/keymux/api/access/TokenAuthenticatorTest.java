package io.keymux.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.problem.RequestException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 22 of the threat table: tokens, and what attackers make of them. */
class TokenAuthenticatorTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String ISSUER = "https://login.example/";
  private static final RSAKey RSA = KeySetServer.rsa("rsa-1");
  private static final RSAKey FOREIGN = KeySetServer.rsa("rsa-1");
  private static final ECKey EC = KeySetServer.ec("ec-1");
  private static KeySetServer issuer;

  private TokenAuthenticator tokens;

  @BeforeAll
  static void serve() throws IOException {
    issuer = new KeySetServer();
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  @BeforeEach
  void begin() {
    issuer.publish(RSA, EC);
    tokens = tokens(null);
  }

  private static TokenAuthenticator tokens(@Nullable String tenant) {
    return new TokenAuthenticator(
        List.of(
            new TokenIssuer(
                ISSUER,
                "keymux",
                issuer.uri(),
                TokenIssuer.USUAL,
                tenant,
                "tenant",
                "scope",
                Set.of(Scope.JOBS_READ, Scope.JOBS_WRITE))),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("keymux")
        .subject("encoder")
        .claim("tenant", "acme")
        .claim("scope", "jobs:read openid")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(300)));
  }

  private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID("rsa-1");
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JWSSigner signer(RSAKey key) {
    try {
      return new RSASSASigner(key);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String good(UnaryOperator<JWTClaimsSet.Builder> change) {
    return signed(header(JWSAlgorithm.RS256).build(), change.apply(claims()).build(), signer(RSA));
  }

  private Optional<Principal> authenticate(String token) {
    return tokens.authenticate(
        new AccessRequest(
            "GET",
            "/v1/jobs",
            "",
            name -> name.equalsIgnoreCase("Authorization") ? List.of("Bearer " + token) : List.of(),
            () -> new byte[0]));
  }

  private void refused(String token) {
    try {
      Optional<Principal> found = authenticate(token);
      assertThat(found).as("one that another kind may look at").isEmpty();
    } catch (RequestException e) {
      assertThat(e.status()).isEqualTo(401);
      assertThat(e.getMessage()).doesNotContain("encoder").doesNotContain("eyJ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256", "ES256"})
  void token_thatIsGood_opens(String algorithm) throws JOSEException {
    JWSHeader header =
        header(JWSAlgorithm.parse(algorithm))
            .keyID(algorithm.equals("ES256") ? "ec-1" : "rsa-1")
            .build();
    JWSSigner signer = algorithm.equals("ES256") ? new ECDSASigner(EC) : signer(RSA);
    Principal principal = authenticate(signed(header, claims().build(), signer)).orElseThrow();
    assertThat(principal)
        .isEqualTo(new Principal("token:encoder", "acme", Set.of(Scope.JOBS_READ)));
  }

  @Test
  void scopes_areOursWithinTheIssuersBound() {
    String all = good(claims -> claims.claim("scope", List.of("jobs:read", "keys:read", "admin")));
    assertThat(authenticate(all).orElseThrow().scopes()).containsExactly(Scope.JOBS_READ);
    String none = good(claims -> claims.claim("scope", Map.of("jobs:read", true)));
    assertThat(authenticate(none).orElseThrow().scopes()).isEmpty();
  }

  @Test
  void tenant_ofTheIssuer_goesBeforeTheClaim() {
    tokens = tokens("fixed");
    assertThat(authenticate(good(claims -> claims)).orElseThrow().tenant()).isEqualTo("fixed");
  }

  @ParameterizedTest
  @CsvSource({"-61, false", "-59, true", "86400, true", "86520, false"})
  void expiry_isHeldAgainstTheClock(long seconds, boolean opens) {
    String token = good(claims -> claims.expirationTime(Date.from(NOW.plusSeconds(seconds))));
    if (opens) {
      assertThat(authenticate(token)).isPresent();
    } else {
      refused(token);
    }
  }

  @Test
  void claims_thatAreWrongOrMissing_areRefused() {
    refused(good(claims -> claims.issuer("https://login.example")));
    refused(good(claims -> claims.issuer(null)));
    refused(good(claims -> claims.audience("other")));
    refused(good(claims -> claims.audience((String) null)));
    refused(good(claims -> claims.subject(null)));
    refused(good(claims -> claims.subject("a\r\nforged: line")));
    refused(good(claims -> claims.expirationTime(null)));
    refused(good(claims -> claims.notBeforeTime(Date.from(NOW.plus(Duration.ofMinutes(2))))));
    refused(good(claims -> claims.claim("tenant", null)));
    refused(good(claims -> claims.claim("tenant", 7)));
    refused(good(claims -> claims.claim("tenant", List.of("acme"))));
    refused(good(claims -> claims.claim("tenant", "../default")));
    refused(good(claims -> claims.claim("tenant", "a".repeat(65))));
  }

  @Test
  void signature_ofAnotherKeyOrBody_isRefused() {
    JWSHeader header = header(JWSAlgorithm.RS256).build();
    refused(signed(header, claims().build(), signer(FOREIGN)));
    String[] mine = good(claims -> claims).split("\\.", -1);
    String[] other = good(claims -> claims.claim("tenant", "other")).split("\\.", -1);
    refused(mine[0] + "." + other[1] + "." + mine[2]);
    refused(mine[0] + "." + mine[1] + ".");
    refused(mine[0] + "." + mine[1] + "." + mine[2].substring(4));
    refused("." + mine[1] + "." + mine[2]);
  }

  @Test
  void algorithm_noneOrOfASecret_isRefused() throws JOSEException {
    String none =
        b64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + b64(claims().build().toString());
    refused(none + ".");
    refused(none + ".AAAA");
    // The public key as if it were the secret.
    byte[] secret = RSA.toPublicJWK().toJSONString().getBytes(UTF_8);
    refused(signed(header(JWSAlgorithm.HS256).build(), claims().build(), new MACSigner(secret)));
    byte[] der = RSA.toRSAPublicKey().getEncoded();
    refused(signed(header(JWSAlgorithm.HS256).build(), claims().build(), new MACSigner(der)));
    // Not of those that the issuer may use.
    refused(signed(header(JWSAlgorithm.RS512).build(), claims().build(), signer(RSA)));
  }

  @Test
  void header_thatBringsItsOwnKey_isRefused() {
    refused(
        signed(
            header(JWSAlgorithm.RS256).jwk(FOREIGN.toPublicJWK()).build(),
            claims().build(),
            signer(FOREIGN)));
    refused(
        signed(
            header(JWSAlgorithm.RS256).jwkURL(URI.create("https://evil.example/keys")).build(),
            claims().build(),
            signer(FOREIGN)));
    refused(
        signed(
            header(JWSAlgorithm.RS256).criticalParams(Set.of("exp")).build(),
            claims().build(),
            signer(RSA)));
    refused(
        signed(
            header(JWSAlgorithm.RS256).type(new JOSEObjectType("dpop+jwt")).build(),
            claims().build(),
            signer(RSA)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../dev/null", "' or '1'='1", "rsa-2", ""})
  void kid_thatIsNotThere_isRefused(String kid) {
    refused(
        signed(header(JWSAlgorithm.RS256).keyID(kid).build(), claims().build(), signer(FOREIGN)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a.b.c", "....", "a.b.c.d.e", " . . ", "e30.e30.e30"})
  void text_thatIsNoToken_isRefused(String text) {
    refused(text);
  }

  @Test
  void unknownKids_inAFlood_areFetchedForTwice() {
    for (int i = 0; i < 300; i++) {
      JWSHeader header = header(JWSAlgorithm.RS256).keyID("unknown-" + i).build();
      refused(signed(header, claims().build(), signer(FOREIGN)));
    }
    assertThat(issuer.fetches()).isBetween(1, 2);
  }

  @Test
  void keys_thatAreRotated_areFetchedAnew() {
    assertThat(authenticate(good(claims -> claims))).isPresent();
    RSAKey next = KeySetServer.rsa("rsa-2");
    issuer.publish(next);
    String token =
        signed(header(JWSAlgorithm.RS256).keyID("rsa-2").build(), claims().build(), signer(next));
    assertThat(authenticate(token)).isPresent();
    refused(good(claims -> claims));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 404, 500})
  void issuer_thatDoesNotAnswer_opensNothing(int answer) {
    issuer.answer(answer);
    refused(good(claims -> claims));
  }

  private static String b64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}

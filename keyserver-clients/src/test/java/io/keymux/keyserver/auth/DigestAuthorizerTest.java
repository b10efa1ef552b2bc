package io.keymux.keyserver.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.keyserver.http.KeyServerCall;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to challenges; the example of RFC 7616, 3.9.1. */
class DigestAuthorizerTest {
  private static final String REALM = "http-auth@example.org";
  private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
  private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
  private static final String PASSWORD = "Circle of Life";
  private static final KeyServerCall CALL =
      KeyServerCall.get(URI.create("http://www.example.org/dir/index.html"));

  private final DigestAuthorizer authorizer =
      new DigestAuthorizer("Mufasa", Secrets.of(PASSWORD), () -> CNONCE);

  @ParameterizedTest
  @CsvSource({
    "MD5, 8ca523f5e9506fed4657c9700eebdbec",
    "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    "MD5-sess, e783283f46242139c486a698fec7211d",
    "sha-256-SESS, 2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7",
  })
  void authorize_exampleOfTheRfc_hasItsResponse(String algorithm, String response) {
    assertThat(renew(challenge(NONCE, "algorithm=" + algorithm))).isTrue();

    assertThat(sent())
        .containsEntry("username", "Mufasa")
        .containsEntry("realm", REALM)
        .containsEntry("nonce", NONCE)
        .containsEntry("uri", "/dir/index.html")
        .containsEntry("algorithm", algorithm)
        .containsEntry("qop", "auth")
        .containsEntry("nc", "00000001")
        .containsEntry("cnonce", CNONCE)
        .containsEntry("opaque", "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")
        .containsEntry("response", response);
  }

  @Test
  void authorize_noChallengeYet_goesWithout() {
    assertThat(authorizer.authorize(CALL, new ScriptedSender())).isSameAs(CALL);
  }

  @Test
  void authorize_noAlgorithm_isMd5AndNamesNone() {
    renew(challenge(NONCE, "x=y"));

    assertThat(sent())
        .doesNotContainKey("algorithm")
        .containsEntry("response", "8ca523f5e9506fed4657c9700eebdbec");
  }

  @Test
  void authorize_manyThreads_eachCountOnce() throws Exception {
    renew(challenge(NONCE, "algorithm=SHA-256"));

    List<String> counts = TestServer.together(20, () -> sent().get("nc"));

    assertThat(counts).doesNotHaveDuplicates().contains("00000001", "00000014");
  }

  static Stream<List<String>> several() {
    String md5 = challenge("m", "algorithm=MD5");
    String sha = challenge("s", "algorithm=SHA-256");
    return Stream.of(
        List.of(md5, sha),
        List.of(sha, md5),
        List.of(md5 + ", " + sha),
        List.of("Basic realm=\"a, Digest nonce=\\\"x\\\"\", " + sha + ", Negotiate, " + md5),
        List.of("Negotiate YII==, NTLM", "Bearer error=\"x\"", ",, " + sha),
        List.of(challenge("x", "algorithm=SHA-512-256") + "," + sha),
        List.of(challenge("x", "algorithm=token"), sha, challenge("t", "algorithm=SHA-256")));
  }

  @ParameterizedTest
  @MethodSource("several")
  void renew_severalChallenges_takesTheFirstOfTheStrongest(List<String> headers) {
    assertThat(authorizer.renew(CALL, ScriptedSender.refusal(401, headers))).isTrue();
    assertThat(sent()).containsEntry("nonce", "s").containsEntry("algorithm", "SHA-256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic realm=\"a\"",
        "Digest",
        "Digest realm=\"a\", qop=\"auth\"",
        "Digest realm=\"a\", nonce=\"n\"",
        "Digest realm=\"a\", nonce=\"n\", qop=\"auth-int\"",
        "Digest realm=\"a\", nonce=\"n\", qop=\"auth\", algorithm=SHA-512-256",
        "Digest realm=\"a\", nonce=\"n\", qop=\"auth\", algorithm=MD4",
        "Digest realm=\"f\u00fcr\", nonce=\"n\", qop=\"auth\"",
        "Digest realm=\"a\", nonce=\"n",
        "Digest realm=\"a\\",
        "Digest =\"\"=,=",
        "\"\\\"\\",
      })
  void renew_nothingThatCanBeMet_isFalse(String challenge) {
    assertThat(renew(challenge)).isFalse();
    assertThat(authorizer.authorize(CALL, new ScriptedSender())).isSameAs(CALL);
  }

  @Test
  void renew_forbidden_isFalse() {
    List<String> challenges = List.of(challenge(NONCE, "algorithm=MD5"));
    assertThat(authorizer.renew(CALL, ScriptedSender.refusal(403, challenges))).isFalse();
  }

  @Test
  void authorize_quotesInRealm_areReadAndWritten() {
    renew("Digest realm=\"say \\\"a\\\\b\\\"\", nonce=\"n\", qop=\"auth-int, auth\"");

    String header = header();

    assertThat(header).contains("realm=\"say \\\"a\\\\b\\\"\"");
    assertThat(sent()).containsEntry("realm", "say \"a\\b\"");
  }

  @Test
  void authorize_userBeyondAscii_goesIntoTheExtendedParameter() {
    DigestAuthorizer other =
        new DigestAuthorizer("J\u00e4s\u00f8n Doe", Secrets.of(PASSWORD), () -> CNONCE);
    other.renew(CALL, ScriptedSender.refusal(401, List.of(challenge(NONCE, "x=y"))));

    assertThat(other.authorize(CALL, new ScriptedSender()).header("Authorization"))
        .startsWith("Digest username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, ");
  }

  @Test
  void authorize_queryAndEmptyPath_signWhatIsSent() {
    renew(challenge(NONCE, "x=y"));

    KeyServerCall call = KeyServerCall.get(URI.create("http://www.example.org?a=%20b"));
    String header = authorizer.authorize(call, new ScriptedSender()).header("Authorization");

    assertThat(header).contains("uri=\"/?a=%20b\"");
  }

  @Test
  void renew_stale_takesTheNewNonce() {
    renew(challenge(NONCE, "algorithm=MD5"));
    KeyServerCall first = authorizer.authorize(CALL, new ScriptedSender());

    assertThat(renew(first, challenge("fresh", "stale=TRUE"))).isTrue();

    assertThat(sent()).containsEntry("nonce", "fresh").containsEntry("nc", "00000001");
  }

  @Test
  void renew_refusedAtOnce_isAWrongPassword() {
    renew(challenge(NONCE, "algorithm=MD5"));
    KeyServerCall first = authorizer.authorize(CALL, new ScriptedSender());

    assertThat(renew(first, challenge("fresh", "stale=false"))).isFalse();
    assertThat(authorizer.authorize(CALL, new ScriptedSender())).isSameAs(CALL);
  }

  @Test
  void renew_refusedAfterItWasGood_triesTheNewNonce() {
    renew(challenge(NONCE, "algorithm=MD5"));
    sent();
    KeyServerCall second = authorizer.authorize(CALL, new ScriptedSender());

    assertThat(renew(second, challenge("fresh", "algorithm=MD5"))).isTrue();
    assertThat(sent()).containsEntry("nonce", "fresh");
  }

  @Test
  void renew_anotherThreadWasFaster_keepsItsNonce() {
    renew(challenge(NONCE, "algorithm=MD5"));
    KeyServerCall old = authorizer.authorize(CALL, new ScriptedSender());
    renew(old, challenge("fresh", "stale=true"));

    assertThat(renew(old, challenge("later", "stale=true"))).isTrue();
    assertThat(renew(CALL, challenge("later", "stale=false"))).isTrue();

    assertThat(sent()).containsEntry("nonce", "fresh");
  }

  @Test
  void authorize_header_holdsNoPassword() {
    renew(challenge(NONCE, "algorithm=MD5"));
    Secrets.assertNone(header() + authorizer, PASSWORD);
  }

  private boolean renew(String challenge) {
    return renew(CALL, challenge);
  }

  private boolean renew(KeyServerCall refused, String challenge) {
    return authorizer.renew(refused, ScriptedSender.refusal(401, List.of(challenge)));
  }

  private String header() {
    String header = authorizer.authorize(CALL, new ScriptedSender()).header("Authorization");
    assertThat(header).isNotNull();
    return String.valueOf(header);
  }

  /** Read by the parser of challenges, since the grammar is the same. */
  private Map<String, String> sent() {
    List<Challenge> sent = Challenge.parse(List.of(header()));
    assertThat(sent).hasSize(1);
    return sent.get(0).parameters();
  }

  private static String challenge(String nonce, String more) {
    return "Digest realm=\"%s\", qop=\"auth, auth-int\", %s, nonce=\"%s\", opaque=\"%s\""
        .formatted(REALM, more, nonce, "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS");
  }
}

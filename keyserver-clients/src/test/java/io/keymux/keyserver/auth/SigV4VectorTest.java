package io.keymux.keyserver.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.KeyServerCall;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two other implementations signed, byte for byte. */
class SigV4VectorTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("keymux.vectors", "absent"), "cpix", "sigv4");
  private static final Instant SIGNED = Instant.parse("2026-01-02T03:04:05Z");
  private static final Clock CLOCK = Clock.fixed(SIGNED, ZoneOffset.UTC);
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final AwsCredentials PLAIN = AwsCredentials.of("AKIDEXAMPLE", Secrets.of(SECRET));

  @TestFactory
  Stream<DynamicTest> authorize_vectorOfBotocore_isTheSameRequest() throws IOException {
    List<JsonNode> vectors = vectors("botocore-1.29.27.json");
    assertThat(vectors).hasSize(3);
    return vectors.stream()
        .map(vector -> dynamicTest(vector.path("name").asText(), () -> sameAsBotocore(vector)));
  }

  private static void sameAsBotocore(JsonNode vector) throws Exception {
    AwsCredentials credentials =
        new AwsCredentials(
            vector.path("access_key").asText(),
            Secrets.of(vector.path("secret_key").asText()),
            vector.path("session_token").textValue(),
            null);
    CallAuthorizer authorizer =
        new SigV4Authorizer(
            AwsCredentialsProvider.of(credentials),
            vector.path("service").asText(),
            vector.path("region").asText(),
            CLOCK);
    KeyServerCall call = call(vector.path("url").asText(), "application/xml");
    KeyServerCall sent = authorizer.authorize(call, new ScriptedSender());

    Map<String, String> expected = new LinkedHashMap<>();
    vector
        .path("headers")
        .properties()
        .forEach(h -> expected.put(h.getKey(), h.getValue().asText()));
    assertThat(sent.headers()).containsExactlyInAnyOrderEntriesOf(expected);
    String canonical = SigV4.canonicalRequest(sent, SigV4.signedHeaders(sent));
    assertThat(canonical).isEqualTo(vector.path("canonical_request").asText());
    SigV4 signature =
        new SigV4(vector.path("region").asText(), vector.path("service").asText(), SIGNED);
    assertThat(signature.stringToSign(canonical)).isEqualTo(vector.path("string_to_sign").asText());
  }

  /** It signs fewer headers; the hash of the body stands in a header that is not signed. */
  @Test
  void signature_vectorOfAwsRequestsAuth_isTheSame() throws IOException {
    List<JsonNode> vectors = vectors("aws-requests-auth-0.4.3.json");
    assertThat(vectors).hasSize(2);
    for (JsonNode vector : vectors) {
      KeyServerCall call =
          call("http://127.0.0.1:18400/EkeStage/copyProtection", "application/xml")
              .withHeader("x-amz-date", "20260102T030405Z");
      SortedMap<String, String> headers = new TreeMap<>();
      headers.put("host", "127.0.0.1:18400");
      headers.put("x-amz-date", "20260102T030405Z");
      if (vector.path("session_token").isTextual()) {
        headers.put("x-amz-security-token", vector.path("session_token").asText());
      }
      SigV4 signature = new SigV4("us-east-1", "execute-api", SIGNED);
      String canonical = SigV4.canonicalRequest(call, headers);

      assertThat(vector.path("headers").path("Authorization").asText())
          .endsWith("Signature=" + signature.signature(signature.stringToSign(canonical), PLAIN))
          .contains("SignedHeaders=" + String.join(";", headers.keySet()) + ",");
      assertThat(canonical).endsWith(vector.path("headers").path("x-amz-content-sha256").asText());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://k.example | / |",
        "https://k.example/ | / |",
        "https://k.example/a/ | /a/ |",
        "https://k.example//a//b | /a/b |",
        "https://k.example/a/./b/../c | /a/c |",
        "https://k.example/a%20b/%C3%BC | /a%2520b/%25C3%25BC |",
        "https://k.example/a=b:c@d | /a%3Db%3Ac%40d |",
        "https://k.example/?b=2&a=2&a=1&A=0 | / | A=0&a=1&a=2&b=2",
        "https://k.example/?x&y= | / | x=&y=",
        "https://k.example/?a-b=1&a=2 | / | a=2&a-b=1",
        "https://k.example/?p=a/b%2fc%20d | / | p=a%2Fb%2Fc%20d",
        "https://k.example/?a==b | / | a=%3Db",
      })
  void canonicalRequest_url_isInItsOneForm(String url, String path, @Nullable String query) {
    KeyServerCall call = KeyServerCall.get(URI.create(url));
    List<String> lines = SigV4.canonicalRequest(call, SigV4.signedHeaders(call)).lines().toList();
    assertThat(lines.get(1)).isEqualTo(path);
    assertThat(lines.get(2)).isEqualTo(query == null ? "" : query);
  }

  @Test
  void signedHeaders_valuesAndNames_areInTheirOneForm() {
    KeyServerCall call =
        KeyServerCall.get(URI.create("https://K.example:443/"))
            .withHeader("X-B", "  a   b ")
            .withHeader("Authorization", "Basic x");
    assertThat(SigV4.signedHeaders(call))
        .containsExactly(Map.entry("host", "K.example"), Map.entry("x-b", "a b"));
  }

  @ParameterizedTest
  @CsvSource({
    "abc1.execute-api.eu-west-1.amazonaws.com, eu-west-1",
    "ABC1.Execute-Api.eu-west-1.amazonaws.com, eu-west-1",
    "abc1.execute-api.cn-north-1.amazonaws.com.cn, cn-north-1",
    "abc1-vpce-1.execute-api.us-gov-west-1.vpce.amazonaws.com, us-gov-west-1",
  })
  void authorize_hostOfApiGateway_tellsTheRegion(String host, String region) throws Exception {
    KeyServerCall sent =
        authorizer(null).authorize(call("https://" + host + "/s", "a/b"), new ScriptedSender());
    assertThat(sent.header("Authorization")).contains("/" + region + "/execute-api/aws4_request,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys.example.com",
        "a.execute-api.eu-west-1.amazonaws.com.example",
        "a.b.execute-api.eu-west-1.amazonaws.com",
        "execute-api.amazonaws.com"
      })
  void authorize_otherHost_needsTheRegion(String host) throws Exception {
    KeyServerCall call = call("https://" + host + "/s?ticket=canary", "a/b");

    assertThatThrownBy(() -> authorizer(null).authorize(call, new ScriptedSender()))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("key-server-credentials-invalid");
              assertThat(e).hasMessageContaining(host);
              Secrets.assertNone(e, SECRET, "canary");
            });
    assertThat(
            authorizer("eu-west-3").authorize(call, new ScriptedSender()).header("Authorization"))
        .contains("/eu-west-3/");
  }

  @Test
  void renew_credentialsThatDoNotChange_isFalse() throws Exception {
    KeyServerCall sent =
        authorizer("eu-west-3").authorize(call("https://k.example/", "a/b"), new ScriptedSender());
    assertThat(authorizer("eu-west-3").renew(sent, ScriptedSender.refusal(403))).isFalse();
  }

  private static CallAuthorizer authorizer(@Nullable String region) {
    return SigV4Authorizer.of(AwsCredentialsProvider.of(PLAIN), region);
  }

  private static KeyServerCall call(String url, String contentType) throws IOException {
    SecretBytes body =
        Files.isDirectory(FOLDER)
            ? SecretBytes.copyOf(
                Files.readAllBytes(FOLDER.resolve("01-widevine-clear.request.xml")))
            : Secrets.of("<CPIX/>");
    return KeyServerCall.post(URI.create(url), contentType, body)
        .withHeader("X-Speke-Version", "2.0");
  }

  private static List<JsonNode> vectors(String file) throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no vectors at hand");
    List<JsonNode> vectors = new ArrayList<>();
    new ObjectMapper().readTree(Files.readAllBytes(FOLDER.resolve(file))).forEach(vectors::add);
    return vectors;
  }
}

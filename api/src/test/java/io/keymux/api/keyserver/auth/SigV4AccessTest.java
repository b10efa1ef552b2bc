package io.keymux.api.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.config.AuthSettings;
import io.keymux.api.json.Json;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Requests that two other implementations signed; each alteration of one must be refused. */
class SigV4AccessTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("keymux.vectors", "absent"), "cpix", "sigv4");
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  /** What the vectors without a URL were signed for. */
  private static final String UNSTATED_URL = "http://127.0.0.1:18400/EkeStage/copyProtection";

  private static final Instant SIGNED = Instant.parse("2026-01-02T03:04:05Z");

  /** A request that a test may change. */
  private static final class Signed {
    private String method = "POST";
    private String path;
    private String query;
    private byte[] body;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Signed(URI url, byte[] body) {
      this.path = url.getRawPath();
      this.query = url.getRawQuery() == null ? "" : url.getRawQuery();
      this.body = body;
      headers.put("Host", url.getPort() < 0 ? url.getHost() : url.getAuthority());
    }

    private AccessRequest request() {
      return new AccessRequest(
          method,
          path,
          query,
          name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of(),
          () -> body);
    }
  }

  private interface Change {
    void to(Signed request);
  }

  @TestFactory
  Stream<DynamicTest> require_vectorOfAnotherImplementation_isAdmitted() throws IOException {
    return vectors().entrySet().stream()
        .map(
            vector ->
                dynamicTest(
                    vector.getKey(),
                    () ->
                        assertThatCode(() -> access(SIGNED, null).require(read(vector).request()))
                            .doesNotThrowAnyException()));
  }

  @TestFactory
  Stream<DynamicTest> require_alteredVector_isRefused() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> vector : vectors().entrySet()) {
      changes()
          .forEach(
              (name, change) -> {
                Signed request = read(vector);
                String before = describe(request);
                change.to(request);
                if (!describe(request).equals(before)) {
                  tests.add(
                      dynamicTest(
                          vector.getKey() + ": " + name,
                          () -> refused(access(SIGNED, null), request)));
                }
              });
    }
    assertThat(tests).hasSizeGreaterThan(50);
    return tests.stream();
  }

  @Test
  void require_clock_mayBeFifteenMinutesOff() throws IOException {
    Signed request = read(vectors().entrySet().iterator().next());
    for (long seconds : new long[] {-900, 900}) {
      assertThatCode(() -> access(SIGNED.plusSeconds(seconds), null).require(request.request()))
          .doesNotThrowAnyException();
    }
    refused(access(SIGNED.plusSeconds(-901), null), request);
    refused(access(SIGNED.plusSeconds(901), null), request);
  }

  @Test
  void require_otherAccessKeyOrRegion_isRefused() throws IOException {
    Signed request = read(vectors().entrySet().iterator().next());
    assertThatCode(() -> access(SIGNED, "us-east-1").require(request.request()))
        .doesNotThrowAnyException();
    refused(access(SIGNED, "eu-west-1"), request);
    refused(access("AKIDEXAMPLF", SECRET, SIGNED, null), request);
    refused(access("AKIDEXAMPLE", SECRET + "x", SIGNED, null), request);
  }

  private static Map<String, Change> changes() {
    Map<String, Change> changes = new TreeMap<>();
    changes.put("method", r -> r.method = "PUT");
    changes.put("path", r -> r.path += "/");
    changes.put("query", r -> r.query = r.query.isEmpty() ? "a=b" : r.query.replace("b", "c"));
    changes.put("body", r -> r.body = (new String(r.body, UTF_8) + " ").getBytes(UTF_8));
    changes.put("no body", r -> r.body = new byte[0]);
    changes.put("host", r -> r.headers.put("Host", "other.example"));
    changes.put("date", r -> r.headers.put("X-Amz-Date", "20260102T030406Z"));
    changes.put("no date", r -> r.headers.remove("X-Amz-Date"));
    changes.put("no authorization", r -> r.headers.remove("Authorization"));
    changes.put(
        "token", r -> r.headers.computeIfPresent("X-Amz-Security-Token", (k, v) -> v + "x"));
    changes.put(
        "body's hash", r -> r.headers.computeIfPresent("x-amz-content-sha256", (k, v) -> "0" + v));
    authorization(changes, "signature", "Signature=(.)(.)", "Signature=$2$1");
    authorization(changes, "short signature", "Signature=..", "Signature=");
    authorization(changes, "upper case", "AWS4-HMAC-SHA256", "aws4-hmac-sha256");
    authorization(changes, "access key", "AKIDEXAMPLE", "AKIDEXAMPLF");
    authorization(changes, "service", "execute-api", "s3");
    authorization(changes, "region", "us-east-1", "us-east-2");
    authorization(changes, "day", "/20260102/", "/20260103/");
    authorization(changes, "host unsigned", "host;", "");
    authorization(changes, "date unsigned", "x-amz-date", "x-amz-dat");
    authorization(changes, "order", "host;x-amz-date", "x-amz-date;host");
    authorization(changes, "twice", "host;", "host;host;");
    authorization(changes, "absent header", "host;", "host;none;");
    return changes;
  }

  private static void authorization(
      Map<String, Change> changes, String name, String pattern, String replacement) {
    changes.put(
        name,
        r ->
            r.headers.computeIfPresent(
                "Authorization", (k, v) -> v.replaceFirst(pattern, replacement)));
  }

  private static void refused(Access access, Signed request) {
    assertThatThrownBy(() -> access.require(request.request()))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> {
              assertThat(e.status()).isEqualTo(403);
              assertThat(e.challenge()).isNull();
              assertThat(e).hasMessage(RequestException.forbidden().getMessage());
            });
  }

  private static Access access(Instant now, @Nullable String region) {
    return access("AKIDEXAMPLE", SECRET, now, region);
  }

  private static Access access(
      String accessKeyId, String secret, Instant now, @Nullable String region) {
    return Access.of(
        new AuthSettings.SigV4(accessKeyId, SecretBytes.copyOf(secret.getBytes(UTF_8)), region),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static String describe(Signed request) {
    return request.method + request.path + request.query + request.body.length + request.headers;
  }

  private static Map<String, JsonNode> vectors() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no vectors at hand");
    Map<String, JsonNode> vectors = new TreeMap<>();
    for (String file : List.of("botocore-1.29.27.json", "aws-requests-auth-0.4.3.json")) {
      JsonNode list = Json.mapper().readTree(Files.readAllBytes(FOLDER.resolve(file)));
      for (int i = 0; i < list.size(); i++) {
        vectors.put(file + " " + i, list.get(i));
      }
    }
    assertThat(vectors).hasSize(5);
    return vectors;
  }

  private static Signed read(Map.Entry<String, JsonNode> vector) {
    try {
      String url = vector.getValue().path("url").asText(UNSTATED_URL);
      Signed request =
          new Signed(
              URI.create(url), Files.readAllBytes(FOLDER.resolve("01-widevine-clear.request.xml")));
      vector
          .getValue()
          .path("headers")
          .properties()
          .forEach(header -> request.headers.put(header.getKey(), header.getValue().asText()));
      return request;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.access.ApiKeyToken;
import io.keymux.api.access.Scope;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Row 22 of the threat table: requests that the SDK of AWS signs. */
class SignedRequestTest {
  private static final TestCredentials CREDENTIALS = new TestCredentials();
  private static final ApiKeyToken KEY =
      CREDENTIALS.signing("acme", EnumSet.complementOf(EnumSet.of(Scope.WEBHOOKS_READ)));
  private static final ApiKeyToken HASHED = ApiKeyToken.generate(new SecureRandom());
  private static final String HOOK = "{\"url\":\"https://hooks.example/\",\"enabled\":false}";

  @RegisterExtension static final TestService service = new TestService(CREDENTIALS.settings());

  /** A request that a test may change once it is signed. */
  private static final class Signed {
    private String method;
    private String path;
    private String body;
    private final Map<String, String> headers = new TreeMap<>();

    private Signed(String method, String path, String body) {
      this.method = method;
      this.path = path;
      this.body = body;
    }

    private Signed sign(ApiKeyToken key, String service, Instant at) {
      SdkHttpFullRequest.Builder request =
          SdkHttpFullRequest.builder()
              .method(SdkHttpMethod.fromValue(method))
              .uri(SignedRequestTest.service.uri(path))
              .putHeader("Content-Type", "application/json");
      var signed =
          AwsV4HttpSigner.create()
              .sign(
                  r ->
                      r.identity(
                              AwsCredentialsIdentity.create(key.id(), TestCredentials.secret(key)))
                          .request(request.build())
                          .payload(ContentStreamProvider.fromUtf8String(body))
                          .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                          .putProperty(AwsV4HttpSigner.REGION_NAME, "any")
                          .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)));
      signed
          .request()
          .headers()
          .forEach((name, values) -> headers.put(name, String.join(",", values)));
      headers.remove("Host");
      headers.remove("Content-Length");
      return this;
    }

    private int send() {
      HttpRequest.Builder request =
          service
              .request(path)
              .method(
                  method,
                  body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body, UTF_8));
      headers.forEach(request::header);
      return service.send(request).statusCode();
    }
  }

  private static Signed hook() {
    return new Signed("POST", "/v1/webhooks", HOOK);
  }

  @Test
  void request_signed_isAnswered() {
    assertThat(hook().sign(KEY, "keymux", Instant.now()).send()).isEqualTo(201);
    assertThat(
            new Signed("GET", "/v1/jobs?limit=3&state=queued", "")
                .sign(KEY, "keymux", Instant.now())
                .send())
        .isEqualTo(200);
    assertThat(new Signed("GET", "/v1/webhooks", "").sign(KEY, "keymux", Instant.now()).send())
        .isEqualTo(403);
  }

  @Test
  void row22_requestThatChangesSomething_isTakenOnce() {
    Signed signed = hook().sign(KEY, "keymux", Instant.now().minusSeconds(3));
    assertThat(signed.send()).isEqualTo(201);
    assertThat(signed.send()).isEqualTo(401);
    Signed asked = new Signed("GET", "/v1/jobs", "").sign(KEY, "keymux", Instant.now());
    assertThat(List.of(asked.send(), asked.send())).containsOnly(200);
  }

  @Test
  void row22_requestChangedAfterwards_isRefused() {
    Signed body = hook().sign(KEY, "keymux", Instant.now());
    body.body = HOOK.replace("hooks", "other");
    Signed path = hook().sign(KEY, "keymux", Instant.now());
    path.path = "/v1/plan";
    Signed query = new Signed("GET", "/v1/jobs", "").sign(KEY, "keymux", Instant.now());
    query.path = "/v1/jobs?limit=1";
    Signed method = new Signed("GET", "/v1/key-servers/a", "").sign(KEY, "keymux", Instant.now());
    method.method = "DELETE";
    for (Signed changed : List.of(body, path, query, method)) {
      assertThat(changed.send()).as(changed.path).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-301, 301, -86400, 86400})
  void row22_requestOfAnotherTime_isRefused(int seconds) {
    assertThat(hook().sign(KEY, "keymux", Instant.now().plusSeconds(seconds)).send())
        .isEqualTo(401);
  }

  @Test
  void row22_signatureOfAnotherKeyOrService_isRefused() {
    assertThat(hook().sign(KEY, "execute-api", Instant.now()).send()).isEqualTo(401);
    assertThat(hook().sign(HASHED, "keymux", Instant.now()).send()).isEqualTo(401);
    ApiKeyToken forged =
        ApiKeyToken.read("kmx_" + KEY.id() + "_" + TestCredentials.secret(HASHED)).orElseThrow();
    assertThat(hook().sign(forged, "keymux", Instant.now()).send()).isEqualTo(401);
  }

  @Test
  void key_thatSigns_isABearerTokenToo() {
    assertThat(service.get("/v1/jobs", "Authorization", "Bearer " + KEY.text()).statusCode())
        .isEqualTo(200);
  }
}

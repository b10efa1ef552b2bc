package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.AuthSettings;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.cpix.SecretBytes;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key server that wants a token, over HTTP. */
class KeyServerAccessTest {
  @RegisterExtension
  static final TestService bearer =
      new TestService(
          new KeyServerSettings(
              new AuthSettings.Bearer(SecretBytes.copyOf("t0k3n".getBytes(UTF_8))), Map.of()));

  @RegisterExtension
  static final TestService signed =
      new TestService(
          new KeyServerSettings(
              new AuthSettings.SigV4("A", SecretBytes.copyOf("s".getBytes(UTF_8)), null),
              Map.of()));

  @ParameterizedTest
  @ValueSource(strings = {"/speke/v1.0/copyProtection", "/speke/v2.0/copyProtection"})
  void post_withoutToken_isChallengedBeforeTheBodyIsParsed(String path) {
    HttpResponse<String> response =
        bearer.post(path, "application/xml", "not xml", "X-Speke-Version", "9");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"keymux\"");
    assertThat(TestService.json(response).path("code").asText()).isEqualTo("unauthorized");
    assertThat(
            bearer
                .post(path, "application/xml", "not xml", "Authorization", "Bearer t0k3n")
                .statusCode())
        .isEqualTo(422);
  }

  @Test
  void post_withoutSignature_isForbidden() {
    HttpResponse<String> response =
        signed.post(
            "/speke/v2.0/copyProtection", "application/xml", "not xml", "X-Speke-Version", "2.0");
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(TestService.json(response).path("code").asText()).isEqualTo("forbidden");
  }

  @Test
  void heartbeat_token_isNeededToo() {
    assertThat(bearer.get("/speke/v1.0/heartbeat").statusCode()).isEqualTo(401);
    HttpResponse<String> response =
        bearer.get("/speke/v1.0/heartbeat", "Authorization", "Bearer t0k3n");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isNotBlank();
    assertThat(response.headers().firstValue("Speke-User-Agent").orElse("")).isNotBlank();
  }

  @Test
  void get_otherRoutes_needNoToken() {
    assertThat(bearer.get("/healthz").statusCode()).isEqualTo(200);
  }
}

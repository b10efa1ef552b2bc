package io.keymux.api.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.config.AuthSettings;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.SecretBytes;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Basic and bearer credentials: admitted or refused without a look at the body. */
class HeaderAccessTest {
  private static final Access BASIC =
      Access.of(new AuthSettings.Basic("encoder", secret("pä:ss")), Clock.systemUTC());
  private static final Access BEARER =
      Access.of(new AuthSettings.Bearer(secret("t0k3n")), Clock.systemUTC());

  @ParameterizedTest
  @ValueSource(strings = {"Basic ", "basic ", "BASIC   "})
  void require_rightPassword_isAdmitted(String scheme) {
    assertThatCode(() -> BASIC.require(request(scheme + base64("encoder:pä:ss"))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encoder:pä:s",
        "encoder:pä:sss",
        "encoder:",
        "encoder",
        ":pä:ss",
        "encoder2:pä:ss",
        "Encoder:pä:ss",
        "",
        "encoder:pä:ss\n"
      })
  void require_otherPassword_isRefused(String credentials) {
    refused(BASIC, "Basic realm=", "Basic " + base64(credentials));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic", "Basic %%%", "Bearer t0k3n", "Digest x", "Basic  "})
  void require_noBasicHeader_isRefused(String header) {
    refused(BASIC, "Basic realm=", header);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer t0k3n", "bearer t0k3n"})
  void require_rightToken_isAdmitted(String header) {
    assertThatCode(() -> BEARER.require(request(header))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer t0k3",
        "Bearer t0k3nn",
        "Bearer T0K3N",
        "t0k3n",
        "Basic t0k3n"
      })
  void require_otherToken_isRefused(String header) {
    refused(BEARER, "Bearer realm=", header);
  }

  @Test
  void require_twoHeaders_isRefused() {
    refused(BEARER, "Bearer realm=", "Bearer t0k3n", "Bearer t0k3n");
  }

  @Test
  void require_noneConfigured_admitsEveryone() {
    assertThatCode(() -> Access.of(new AuthSettings.None(), Clock.systemUTC()).require(request()))
        .doesNotThrowAnyException();
  }

  private static void refused(Access access, String challenge, String... headers) {
    assertThatThrownBy(() -> access.require(request(headers)))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> {
              assertThat(e.status()).isEqualTo(401);
              assertThat(e.challenge()).startsWith(challenge);
              assertThat(e).hasMessage(RequestException.unauthorized("").getMessage());
            });
  }

  private static AccessRequest request(String... headers) {
    return new AccessRequest(
        "POST",
        "/",
        "",
        name -> name.equals("Authorization") ? List.of(headers) : List.of(),
        () -> {
          throw new AssertionError("the body was read");
        });
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.copyOf(text.getBytes(UTF_8));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}

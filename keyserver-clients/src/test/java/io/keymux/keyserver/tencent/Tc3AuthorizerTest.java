package io.keymux.keyserver.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.answer.SecretForms;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.KeyServerCall;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a call that Tencent's own Java SDK signed with the secret {@code SECRETEXAMPLE}. */
class Tc3AuthorizerTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1795322482L), ZoneOffset.UTC);
  private static final String BODY =
      "{\"TaskId\":\"24000035-WorkflowTask-cf405e365e75efb2a7bfdef514cc17dbtt195964\"}";
  private static final String SECRET = "SECRETEXAMPLE";
  private static final CallSender NOBODY =
      call -> {
        throw new AssertionError("nothing is sent to sign");
      };

  @Test
  void authorize_callOfTheSdk_getsItsSignature() {
    KeyServerCall signed =
        authorizer(null, null).authorize(call("http://127.0.0.1:18099/"), NOBODY);

    assertThat(signed.header("X-TC-Timestamp")).isEqualTo("1795322482");
    assertThat(signed.header("X-TC-Token")).isNull();
    assertThat(signed.header("Authorization"))
        .isEqualTo(
            "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2026-11-22/127/tc3_request,"
                + " SignedHeaders=content-type;host,"
                + " Signature=1217155d2a2fb2faaf429b26a05ab5ccc436368f9636aefff0d589591b58e178");
  }

  @Test
  void canonical_callOfTheSdk_isItsText() {
    assertThat(authorizer(null, null).canonical(call("http://127.0.0.1:18099/any?b=2&a=1")))
        .isEqualTo(
            """
            POST
            /
            b=2&a=1
            content-type:application/json; charset=utf-8
            host:127.0.0.1:18099

            content-type;host
            6574beb369eabe1e57ac20a5b7553532373c8733241723e7d0dff267ae45d560""");
  }

  @ParameterizedTest
  @CsvSource({
    "https://drm.tencentcloudapi.com/, , drm",
    "https://drm.tencentcloudapi.com/, mps, mps",
    "http://gateway:8080/, , gateway",
  })
  void authorize_service_isTheFirstLabelOrTheGiven(String url, String service, String expected) {
    assertThat(authorizer("token-1", service).authorize(call(url), NOBODY))
        .satisfies(
            signed -> {
              assertThat(signed.header("Authorization"))
                  .contains("/2026-11-22/" + expected + "/tc3_request");
              assertThat(signed.header("X-TC-Token")).isEqualTo("token-1");
            });
  }

  @ParameterizedTest
  @CsvSource({"'a b', t, s", "'a/b', t, s", "'', t, s", "a, 't t', s", "a, t, 's/s'"})
  void of_charactersThatHeadersCannotCarry_areRefused(String id, String token, String service) {
    SecretBytes secret = SecretBytes.copyOf(SECRET.getBytes(UTF_8));

    assertThatThrownBy(() -> Tc3Authorizer.of(id, secret, token, service))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toString_tellsNoSecret() {
    String hex = HexFormat.of().formatHex(SECRET.getBytes(UTF_8));

    assertThat(authorizer("token-1", null).toString()).doesNotContain(SECRET, "token-1");
    SecretForms.assertNone(authorizer(null, null).toString(), hex);
  }

  private static Tc3Authorizer authorizer(@Nullable String token, @Nullable String service) {
    return Tc3Authorizer.of(
        "AKIDEXAMPLE", SecretBytes.copyOf(SECRET.getBytes(UTF_8)), token, service, CLOCK);
  }

  private static KeyServerCall call(String url) {
    return KeyServerCall.post(
        URI.create(url),
        "application/json; charset=utf-8",
        SecretBytes.copyOf(BODY.getBytes(UTF_8)));
  }
}

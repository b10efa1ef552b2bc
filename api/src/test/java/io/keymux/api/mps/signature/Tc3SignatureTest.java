package io.keymux.api.mps.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.mps.MpsSamples;
import io.keymux.api.mps.problem.MpsException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that Tencent's client signed, and the same with one thing changed. */
class Tc3SignatureTest {
  private static final long SIGNED = 1795322482L;
  private static final String BODY =
      "{\"TaskId\":\"24000035-WorkflowTask-cf405e365e75efb2a7bfdef514cc17dbtt195964\"}";
  private static final String AUTHORIZATION =
      "TC3-HMAC-SHA256 Credential=AKID/2026-11-22/127/tc3_request,"
          + " SignedHeaders=content-type;host,"
          + " Signature=1217155d2a2fb2faaf429b26a05ab5ccc436368f9636aefff0d589591b58e178";

  private final Map<String, String> headers = new LinkedHashMap<>();
  private String query = "";
  private String body = BODY;

  Tc3SignatureTest() {
    headers.put("Authorization", AUTHORIZATION);
    headers.put("Host", "127.0.0.1:18099");
    headers.put("Content-Type", "application/json; charset=utf-8");
    headers.put("X-TC-Timestamp", Long.toString(SIGNED));
    headers.put("X-TC-Action", "DescribeTaskDetail");
    headers.put("X-TC-Version", "2019-06-12");
  }

  private SignedRequest verify(MpsSettings settings, long now) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC);
    ApiRequest request =
        new ApiRequest(
            "POST",
            query,
            name ->
                headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .toList(),
            body.getBytes(UTF_8));
    return new Signatures(settings, clock).verify(request);
  }

  private static MpsSettings settings() {
    return MpsSamples.settings("AKID", "SECRETEXAMPLE");
  }

  private String refusal(MpsSettings settings, long now) {
    return catchThrowableOfType(MpsException.class, () -> verify(settings, now)).mpsCode();
  }

  @Test
  void verify_capturedRequest_isOfItsTenant() {
    SignedRequest signed = verify(settings(), SIGNED);

    assertThat(signed)
        .isEqualTo(new SignedRequest("acme", "DescribeTaskDetail", "2019-06-12", true, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"-300", "300"})
  void verify_withinFiveMinutes_isAccepted(long off) {
    assertThat(verify(settings(), SIGNED + off).tenant()).isEqualTo("acme");
  }

  @ParameterizedTest
  @CsvSource({"-301", "301", "86400"})
  void verify_otherTime_isExpired(long off) {
    assertThat(refusal(settings(), SIGNED + off)).isEqualTo("AuthFailure.SignatureExpire");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization | SKIP | AuthFailure.InvalidAuthorization",
        "Authorization | Bearer abc | AuthFailure.InvalidAuthorization",
        "Authorization | '' | AuthFailure.InvalidAuthorization",
        "Host | 127.0.0.1:18098 | AuthFailure.SignatureFailure",
        "Content-Type | text/plain | AuthFailure.SignatureFailure",
        "X-TC-Timestamp | '' | MissingParameter",
        "X-TC-Timestamp | soon | InvalidParameter",
        "X-TC-Timestamp | 1795322483 | AuthFailure.SignatureFailure",
        "X-TC-Token | abc | AuthFailure.TokenFailure",
        // Unsigned bodies are refused unless configured: the signature covers the body.
        "X-TC-Content-SHA256 | UNSIGNED-PAYLOAD | -",
      })
  void verify_oneHeaderChanged_isRefused(String name, String value, String code) {
    headers.put(name, value);
    if (code.equals("-")) {
      assertThat(verify(settings(), SIGNED).tenant()).isEqualTo("acme");
    } else {
      assertThat(refusal(settings(), SIGNED)).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AKID/ | OTHER/ | AuthFailure.SecretIdNotFound",
        "2026-11-22 | 2026-11-21 | AuthFailure.InvalidAuthorization",
        "/127/ | /mps/ | AuthFailure.SignatureFailure",
        "tc3_request | aws4_request | AuthFailure.InvalidAuthorization",
        "content-type;host | host | AuthFailure.InvalidAuthorization",
        "content-type;host | content-type | AuthFailure.InvalidAuthorization",
        "content-type;host | host;content-type | AuthFailure.SignatureFailure",
        "1217155d | 2217155d | AuthFailure.SignatureFailure",
        "1217155d | 1217155D | AuthFailure.InvalidAuthorization",
      })
  void verify_authorizationChanged_isRefused(String part, String other, String code) {
    headers.put("Authorization", AUTHORIZATION.replace(part, other));

    assertThat(refusal(settings(), SIGNED)).isEqualTo(code);
  }

  @Test
  void verify_bodyOrQueryChanged_isRefused() {
    body = BODY + " ";
    assertThat(refusal(settings(), SIGNED)).isEqualTo("AuthFailure.SignatureFailure");
    body = BODY;
    query = "a=b";
    assertThat(refusal(settings(), SIGNED)).isEqualTo("AuthFailure.SignatureFailure");
  }

  @Test
  void verify_unsignedPayloadAllowed_bodyMayChange() {
    headers.put("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD");
    MpsSettings lenient = MpsSamples.with(settings(), true, Set.of());
    assertThat(refusal(lenient, SIGNED)).isEqualTo("AuthFailure.SignatureFailure");

    // Signed over the words in place of the body's hash, by an independent calculation.
    headers.put("Authorization", MpsSamples.tc3("SECRETEXAMPLE", SIGNED, "UNSIGNED-PAYLOAD"));
    body = "{}";
    assertThat(verify(lenient, SIGNED).tenant()).isEqualTo("acme");
    assertThat(refusal(settings(), SIGNED)).isEqualTo("AuthFailure.SignatureFailure");
  }

  @Test
  void verify_valueSignedInItsOwnCase_isAccepted() {
    headers.put("Content-Type", "Application/JSON");
    headers.put("Authorization", MpsSamples.tc3("SECRETEXAMPLE", SIGNED, BODY, "Application/JSON"));

    assertThat(verify(settings(), SIGNED).tenant()).isEqualTo("acme");
  }

  @ParameterizedTest
  @CsvSource({"127, true", "mps, false"})
  void verify_servicesConfigured_onlyTheyMaySign(String service, boolean accepted) {
    MpsSettings bound = MpsSamples.with(settings(), false, Set.of(service));

    if (accepted) {
      assertThat(verify(bound, SIGNED).tenant()).isEqualTo("acme");
    } else {
      assertThat(refusal(bound, SIGNED)).isEqualTo("AuthFailure.InvalidAuthorization");
    }
  }

  @Test
  void verify_headerTwice_isRefused() {
    headers.put("host", "127.0.0.1:18099");

    assertThat(refusal(settings(), SIGNED)).isEqualTo("AuthFailure.SignatureFailure");
  }

  @Test
  void refusals_neverQuoteTheSecret() {
    headers.put("Host", "elsewhere");
    MpsException refused =
        catchThrowableOfType(MpsException.class, () -> verify(settings(), SIGNED));

    assertThat(refused.getMessage()).doesNotContain("SECRETEXAMPLE");
    assertThat(List.of(settings().credentials().values()).toString())
        .doesNotContain("SECRETEXAMPLE");
  }
}

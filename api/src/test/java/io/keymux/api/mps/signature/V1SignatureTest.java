package io.keymux.api.mps.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.api.mps.MpsSamples;
import io.keymux.api.mps.problem.MpsException;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures that are parameters, of requests by GET and POST. */
class V1SignatureTest {
  private static final long NOW = 1795322482L;
  private static final String HOST = "127.0.0.1:18099";

  private final Map<String, String> parameters = new TreeMap<>();

  V1SignatureTest() {
    parameters.put("Action", "DescribeTaskDetail");
    parameters.put("Version", "2019-06-12");
    parameters.put("Timestamp", Long.toString(NOW));
    parameters.put("Nonce", "7");
    parameters.put("SecretId", "AKID");
    parameters.put("SignatureMethod", "HmacSHA256");
    parameters.put("Set.0.Some_Name", "a b&c=d/ü");
  }

  private void sign(String method) {
    parameters.remove("Signature");
    String text =
        method
            + HOST
            + "/?"
            + parameters.entrySet().stream()
                .map(entry -> entry.getKey().replace('_', '.') + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
    byte[] mac = MpsSamples.hmac("SECRETEXAMPLE".getBytes(UTF_8), text);
    parameters.put("Signature", Base64.getEncoder().encodeToString(mac));
  }

  private SignedRequest verify(String method) {
    String form =
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    Map<String, String> headers =
        Map.of("host", HOST, "content-type", "application/x-www-form-urlencoded; charset=utf-8");
    boolean get = method.equals("GET");
    ApiRequest request =
        new ApiRequest(
            method,
            get ? form : "",
            name ->
                List.of(headers.getOrDefault(name.toLowerCase(Locale.ROOT), "")).stream()
                    .filter(value -> !value.isEmpty())
                    .toList(),
            get ? new byte[0] : form.getBytes(UTF_8));
    return new Signatures(
            MpsSamples.settings("AKID", "SECRETEXAMPLE"),
            Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC))
        .verify(request);
  }

  @ParameterizedTest
  @CsvSource({"GET", "POST"})
  void verify_signedParameters_areThoseOfTheAction(String method) {
    sign(method);

    assertThat(verify(method))
        .isEqualTo(
            new SignedRequest(
                "acme",
                "DescribeTaskDetail",
                "2019-06-12",
                false,
                Map.of("Set.0.Some_Name", "a b&c=d/ü")));
  }

  @ParameterizedTest
  @CsvSource({
    "SignatureMethod, HmacSHA1, AuthFailure.SignatureFailure",
    "SignatureMethod, '', AuthFailure.SignatureFailure",
    "SecretId, OTHER, AuthFailure.SecretIdNotFound",
    "SecretId, '', MissingParameter",
    "Timestamp, 1795322000, AuthFailure.SignatureExpire",
    "Timestamp, '', MissingParameter",
    "Token, abc, AuthFailure.TokenFailure",
  })
  void verify_signedButWrong_isRefused(String name, String value, String code) {
    parameters.put(name, value);
    sign("POST");

    assertThat(catchThrowableOfType(MpsException.class, () -> verify("POST")).mpsCode())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"Nonce, 8", "Action, ProcessMedia", "Extra, 1", "Signature, AAAA", "Signature, ''"})
  void verify_changedAfterSigning_isRefused(String name, String value) {
    sign("POST");
    parameters.put(name, value);

    assertThat(catchThrowableOfType(MpsException.class, () -> verify("POST")).mpsCode())
        .isEqualTo("AuthFailure.SignatureFailure");
  }

  @Test
  void verify_signedForAnotherMethod_isRefused() {
    sign("POST");

    assertThat(catchThrowableOfType(MpsException.class, () -> verify("GET")).mpsCode())
        .isEqualTo("AuthFailure.SignatureFailure");
  }

  @ParameterizedTest
  @CsvSource({"a=1&a=2", "a=%zz"})
  void read_malformed_isRefused(String form) {
    assertThat(catchThrowableOfType(MpsException.class, () -> FormParameters.read(form)).mpsCode())
        .isEqualTo("InvalidParameter");
  }

  @ParameterizedTest
  @CsvSource({"'', '', false", "X, '', true", "'', a=1&Action=X, true", "'', aAction=X, false"})
  void isCall_actionInHeaderOrQuery_only(String header, String query, boolean call) {
    assertThat(Signatures.isCall(header, query)).isEqualTo(call);
  }
}

package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, paths and the key route: what of SPEKE is HTTP. */
class SpekeHttpTest {
  private static final String V1 = "/speke/v1.0/copyProtection";
  private static final String V2 = "/speke/v2.0/copyProtection";
  private static final String KID = "0f083e4e-b831-4a3d-917e-ce78076e54aa";
  private static final String REQUEST =
      """
      <cpix:CPIX xmlns:cpix="urn:dashif:org:cpix" ROOT><cpix:ContentKeyList>\
      <cpix:ContentKey kid="%1$s" SCHEME/></cpix:ContentKeyList><cpix:DRMSystemList>\
      <cpix:DRMSystem kid="%1$s" systemId="SYSTEM"><cpix:PLACE/></cpix:DRMSystem></cpix:DRMSystemList>\
      <cpix:ContentKeyUsageRuleList><cpix:ContentKeyUsageRule kid="%1$s" intendedTrackType="VIDEO">\
      <cpix:VideoFilter/></cpix:ContentKeyUsageRule></cpix:ContentKeyUsageRuleList></cpix:CPIX>"""
          .formatted(KID);

  @RegisterExtension static final TestService service = new TestService();

  @ParameterizedTest
  @CsvSource({"X-Speke-Version,2.0", "x-speke-version,2.0", "X-SPEKE-VERSION,2.1"})
  void post_header_isReadInAnyCaseAndEchoed(String name, String version) {
    HttpResponse<String> response =
        service.post(V2, "application/xml", v2(version, "movie"), name, version);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("X-Speke-Version")).hasValue(version);
    assertThat(response.headers().firstValue("X-Speke-User-Agent").orElse("")).isNotBlank();
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/xml");
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void post_noHeader_isVersion1OnEitherPath(String path) {
    HttpResponse<String> response = service.post(path, "application/xml", v1("movie"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    HttpHeaders headers = response.headers();
    assertThat(headers.firstValue("Speke-User-Agent").orElse("")).isNotBlank();
    assertThat(headers.firstValue("X-Speke-Version")).isEmpty();
    assertThat(response.body()).contains("id=\"movie\"").contains("<pskc:PlainValue>");
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void post_header_countsOnEitherPath(String path) {
    assertThat(
            service
                .post(path, "application/xml", v2("2.1", "movie"), "X-Speke-Version", "2.1")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void post_refusal_isTextWithTheVersion() {
    HttpResponse<String> response =
        service.post(V2, "application/xml", "<x/>", "X-Speke-Version", "2.0");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(response.headers().firstValue("X-Speke-User-Agent").orElse("")).isNotBlank();
    assertThat(response.headers().firstValue("X-Speke-Version")).hasValue("2.0");
  }

  @Test
  void heartbeat_isAlive() {
    HttpResponse<String> response = service.get("/speke/v1.0/heartbeat");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isNotBlank();
  }

  /** What the answer's URI leads to is the key of the answer, for any page. */
  @ParameterizedTest
  @ValueSource(strings = {"movie", "a/b", "a b", "100%", "ü?#;+&amp;", "..", "a\\b"})
  void getKey_uriOfAnAes128Answer_isThe16BytesForAnyOrigin(String contentId) {
    String request =
        v2("2.0", contentId)
            .replace("cenc", "cbc1")
            .replace("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed", "3ea8778f-7742-4bf9-b18b-e834b2acbd47")
            .replace("PSSH", "HLSSignalingData");
    HttpResponse<String> answer =
        service.post(V2, "application/xml", request, "X-Speke-Version", "2.0");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String line = decoded(group("HLSSignalingData>([^<]+)<", answer.body()));
    HttpResponse<byte[]> key =
        service.send(
            java.net.http.HttpRequest.newBuilder(
                    java.net.URI.create(group("URI=\"([^\"]+)\"", line)))
                .header("Origin", "https://player.example"),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(key.statusCode()).isEqualTo(200);
    assertThat(key.body())
        .isEqualTo(Base64.getDecoder().decode(group("PlainValue>([^<]+)<", answer.body())));
    assertThat(key.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(key.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  private static String v1(String contentId) {
    return REQUEST
        .replace("ROOT", "id=\"" + contentId + "\"")
        .replace("SCHEME", "")
        .replace("SYSTEM", "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed")
        .replace("PLACE", "PSSH");
  }

  private static String v2(String version, String contentId) {
    return REQUEST
        .replace(
            "ROOT",
            "contentId=\"%s\" version=\"%s\""
                .formatted(contentId, version.equals("2.0") ? "2.3" : "2.4"))
        .replace("SCHEME", "commonEncryptionScheme=\"cenc\"")
        .replace("SYSTEM", "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed")
        .replace("PLACE", "PSSH");
  }

  private static String group(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8);
  }
}

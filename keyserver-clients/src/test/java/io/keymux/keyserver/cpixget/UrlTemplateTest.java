package io.keymux.keyserver.cpixget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.Requests;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTemplateTest {
  private static final Map<DrmSystem, String> NAMES =
      Map.of(DrmSystem.WIDEVINE, "widevine", DrmSystem.FAIRPLAY, "fair play");

  @ParameterizedTest
  @CsvSource({
    "https://h.example/a/{contentId}/b, https://h.example/a/x%2F..%3Fy%26z%3D1%2B%C3%A4/b",
    "https://h.example/a?c={contentId}#, https://h.example/a?c=x%2F..%3Fy%26z%3D1%2B%C3%A4",
    "https://h.example/?k={kid}&h={kidHex}, https://h.example/?k=aaaaaaaa-1111-4111-8111-000000000001&h=aaaaaaaa111141118111000000000001",
    "'http://h.example:81/{scheme}?drm={systems}&t=a%20b', 'http://h.example:81/cbcs?drm=widevine,fair%20play&t=a%20b'",
    "https://h.example/same, https://h.example/same"
  })
  void of_variables_areEncodedWhereTheyStand(String template, String url) {
    assertThat(UrlTemplate.of(template, NAMES).of(request("x/..?y&z=1+ä"))).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.example/{secret-name}, none of",
    "https://h.example/{contentId, brace",
    "https://h.example/contentId}, brace",
    "https://{contentId}.example/, outside its path",
    "https://h.example:{kid}/, host name",
    "https://{contentId}@h.example/, user",
    "https://a:b@h.example/{kid}, user and password",
    "ftp://h.example/{kid}, http://",
    "{contentId}, http://",
    "https://h.example/ {kid}, character"
  })
  void of_badTemplate_isRefusedWithoutQuotingIt(String template, String found) {
    DrmException error =
        catchThrowableOfType(DrmException.class, () -> UrlTemplate.of(template, NAMES));

    assertThat(error).as(template).isNotNull();
    assertThat(error.code()).isEqualTo("invalid-key-server-url");
    assertThat(error)
        .hasMessageContaining(found)
        .hasMessageNotContaining("secret-name")
        .hasMessageNotContaining("h.example");
  }

  @Test
  void of_systemWithoutName_isUnsupported() {
    UrlTemplate url = UrlTemplate.of("https://h.example/{systems}", NAMES);
    KeyRequest request = Requests.of(Requests.shared(), DrmSystem.PLAYREADY);

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> url.of(request));

    assertThat(error.code()).isEqualTo("key-request-unsupported");
    assertThat(error)
        .hasMessageContaining("DRM system playready is not one of [widevine, fairplay]");
  }

  @Test
  void of_clearKeyAlone_isUnsupported() {
    UrlTemplate url = UrlTemplate.of("https://h.example/{systems}", NAMES);

    KeyExchangeException error =
        catchThrowableOfType(
            KeyExchangeException.class,
            () -> url.of(Requests.of(Requests.shared(), DrmSystem.CLEARKEY)));

    assertThat(error.code()).isEqualTo("key-request-unsupported");
  }

  @Test
  void toString_secretsInTheUrl_areNotShown() {
    assertThat(UrlTemplate.of("https://h.example/?p=secret&k={kid}", NAMES))
        .hasToString("UrlTemplate[h.example]");
  }

  private static KeyRequest request(String contentId) {
    return new KeyRequest(
        contentId,
        ProtectionScheme.CBCS,
        new LinkedHashSet<>(List.of(DrmSystem.WIDEVINE, DrmSystem.FAIRPLAY, DrmSystem.CLEARKEY)),
        Requests.shared());
  }
}

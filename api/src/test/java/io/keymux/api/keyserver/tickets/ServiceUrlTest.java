package io.keymux.api.keyserver.tickets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.problem.RequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client posts: forms, and the URLs in them. */
class ServiceUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://h/a, HTTP://H:80/a, true",
    "https://h/a, https://h:443/a, true",
    "http://h/a, https://h/a, false",
    "http://h/a, http://h:81/a, false",
    "http://h/a, http://g/a, false",
    "http://h/a, http://h/a/, false",
    "http://h/a, http://h/A, false",
    "http://h/a, http://h/%61, false",
    "http://[::1]:1/a, http://[::1]:1/a, true",
  })
  void of_twoUrls_areTheSameByParts(String one, String other, boolean same) {
    assertThat(ServiceUrl.of(one).equals(ServiceUrl.of(other))).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/frontend/x",
        "ftp://h/x",
        "http:///x",
        "http://u:secret@h/x",
        "http://h/x?secret=1",
        "http://h/x#secret",
        "http://h/secret x",
        "mailto:secret"
      })
  void of_noServiceUrl_isRefusedUnquoted(String text) {
    assertThatThrownBy(() -> ServiceUrl.of(text))
        .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageContaining("service ")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "a=org%3A%3Aname&b=x, org::name",
    "a=x+y%2Bz, x y+z",
    "b&a=p%C3%A4=1&&, pä=1",
    "%61=x, x",
  })
  void form_field_isDecoded(String body, String value) {
    try (Form form = new Form(body.getBytes(US_ASCII))) {
      assertThat(new String(form.only("a"), UTF_8)).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a=", "b=a", "a=1&a=2", "a=%", "a=%4", "a=%4g", "b=%&a=1"})
  void form_fieldThatIsNotThereOnce_isRefused(String body) {
    assertThatThrownBy(
            () -> {
              try (Form form = new Form(body.getBytes(US_ASCII))) {
                form.only("a");
              }
            })
        .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  void close_form_overwritesValues() {
    byte[] value;
    try (Form form = new Form("password=secret".getBytes(US_ASCII))) {
      value = form.only("password");
      assertThat(new String(value, US_ASCII)).isEqualTo("secret");
    }
    assertThat(value).containsOnly(0);
  }
}

package io.keymux.keyserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a call can go to. */
class KeyServerUrlTest {
  @ParameterizedTest
  @CsvSource({
    "ftp://canary.example/, does not begin with http:// or https://",
    "https:canary, 'has no host name, or one with characters that host names cannot have'",
    "https://canary.example:0/, has a port that is not 1 to 65535",
    "https://canary.example:65536/, has a port that is not 1 to 65535",
    "http://canary.example:70000/, has a port that is not 1 to 65535",
    "http://canary@host.example/, has a user without a password",
    "http://canary.example/ /, has a character that URLs cannot have",
  })
  void of_urlThatLeadsNowhere_isRefusedUnquoted(String url, String problem) {
    assertThat(KeyServerUrl.problem(url)).isEqualTo(problem);
    assertThatThrownBy(() -> KeyServerUrl.of(url))
        .isInstanceOf(DrmException.class)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("canary")
        .extracting("code")
        .isEqualTo("invalid-key-server-url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host.example",
        "https://host.example:/",
        "https://host.example:1/",
        "HTTP://u:p@host.example:65535/a?b",
      })
  void of_urlOfAServer_isTaken(String url) {
    assertThat(KeyServerUrl.problem(url)).isNull();
    assertThat(KeyServerUrl.of(url).host()).isEqualTo("host.example");
  }

  @Test
  void open_portThatARedirectNames_isNoConnection() {
    HttpSettings settings = HttpSettings.DEFAULT.withPolicy(AddressPolicy.ANY);

    assertThatThrownBy(
            () ->
                HttpDownload.open(
                    URI.create("http://127.0.0.1:70000/"),
                    settings,
                    (host, why) -> {
                      throw new AssertionError(why);
                    }))
        .isInstanceOf(IOException.class);
  }
}

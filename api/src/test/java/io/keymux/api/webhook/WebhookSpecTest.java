package io.keymux.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.api.problem.RequestException;
import io.keymux.keyserver.http.AddressPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses a receiver may have. */
class WebhookSpecTest {
  private static void require(String url, AddressPolicy policy) {
    new WebhookSpec(url, null, null, null).require(policy);
  }

  @ParameterizedTest
  @CsvSource({
    "ANY, ftp://canary.example/",
    "ANY, https:canary",
    "ANY, https://canary.example:70000/",
    "ANY, https://canary.example:0/",
    "ANY, https://canary@host.example/",
    "ANY, https://canary.example/a b",
    "PUBLIC, http://canary.example/",
  })
  void require_urlThatCannotBeCalled_isRefusedUnquoted(AddressPolicy policy, String url) {
    RequestException refused =
        catchThrowableOfType(RequestException.class, () -> require(url, policy));

    assertThat(refused.errors()).hasSize(1);
    assertThat(refused.errors().get(0).code()).isEqualTo("invalid-webhook-url");
    assertThat(refused.errors().get(0).pointer()).isEqualTo("/url");
    assertThat(refused.errors().get(0).detail()).startsWith("It ").doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource({"PUBLIC, https://u:p@a.example:8443/hook?t=1", "ANY, http://a.example/"})
  void require_urlOfAReceiver_isTaken(AddressPolicy policy, String url) {
    require(url, policy);
  }
}

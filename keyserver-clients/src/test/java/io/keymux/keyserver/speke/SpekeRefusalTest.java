package io.keymux.keyserver.speke;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.keymux.keyserver.speke.SpekeFailures.GOOD;
import static io.keymux.keyserver.speke.SpekeFailures.KEY;
import static io.keymux.keyserver.speke.SpekeFailures.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.KeyId;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse. */
@Timeout(30)
class SpekeRefusalTest {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Missing CPIX@contentId",
        "Missing CPIX@version",
        "Unsupported CPIX@version",
        "Missing ContentKey@commonEncryptionScheme for KID aaaaaaaa-1111-4111-8111-000000000001",
        "Non compliant ContentKey@commonEncryptionScheme combination",
        "ContentKey@commonEncryptionScheme non compatible with DRMSystem edef8ba9-79d6-4ace-a3c8-27dcd51d21ed",
        "Unsupported SPEKE version",
        "Malformed encryption contract",
        "Requested CPIX encryption contract not supported",
        "Missing CPIX encryption contract"
      })
  void exchange_spekeError_isQuoted(String text) {
    server.answers(aResponse().withStatus(422).withBody(text + "\n"));

    KeyExchangeException error = fails(server.client(), "key-server-refused");

    assertThat(error).hasMessageContaining("HTTP 422: \"" + text + "\"");
    assertThat(error.retryable()).isFalse();
    assertThat(server.received()).hasSize(1);
  }

  /** A key in an error text, plain or dressed as a KID, must not come through. */
  @Test
  void exchange_anyOtherError_isNotQuoted() {
    String base64 = SpekeAnswer.base64(HexFormat.of().parseHex(KEY));
    String uuid = KeyId.parse(KEY).toString();
    for (String body :
        new String[] {
          "the key is " + KEY,
          base64,
          GOOD,
          "Missing ContentKey@commonEncryptionScheme for KID " + uuid,
          "Missing CPIX@contentId " + KEY
        }) {
      server.answers(aResponse().withStatus(500).withBody(body));

      KeyExchangeException error = fails(server.client(), "key-server-refused");

      assertThat(error).hasMessageContaining("answered with HTTP 500.");
      assertThat(error).hasMessageNotContaining(uuid);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400,key-server-refused,false,1",
    "401,key-server-unauthorized,false,1",
    "403,key-server-unauthorized,false,1",
    "404,key-server-refused,false,1",
    "422,key-server-refused,false,1",
    "429,key-server-refused,true,3",
    "500,key-server-refused,false,1",
    "501,key-server-refused,false,1",
    "502,key-server-refused,true,3",
    "503,key-server-refused,true,3",
    "504,key-server-refused,true,3",
    "201,key-server-refused,false,1",
    "204,key-server-refused,false,1",
  })
  void exchange_status_decidesCodeAndAttempts(
      int status, String code, boolean retryable, int attempts) {
    server.answers(SpekeServer.ok(GOOD).withStatus(status));

    KeyExchangeException error = fails(server.client(), code);

    assertThat(error).hasMessageContaining("HTTP " + status);
    assertThat(error.retryable()).isEqualTo(retryable);
    assertThat(server.received()).hasSize(attempts);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void exchange_redirect_isNotFollowed(int status) {
    server.answers(
        aResponse().withStatus(status).withHeader("Location", "http://127.0.0.1:1/" + KEY));

    KeyExchangeException error = fails(server.client(), "key-server-refused");

    assertThat(error).hasMessageContaining("HTTP " + status).hasMessageContaining("Redirects");
    assertThat(server.received()).hasSize(1);
  }
}

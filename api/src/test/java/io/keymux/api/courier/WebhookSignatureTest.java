package io.keymux.api.courier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.SecretBytes;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Known values: of the openssl command, and of the libraries of Standard Webhooks. */
class WebhookSignatureTest {
  private static final SecretBytes KEY = SecretBytes.copyOf("k3y".getBytes(UTF_8));

  /** printf 'id.1700000000.{}' | openssl dgst -sha256 -hmac k3y -binary | base64 */
  @Test
  void headers_ofOneSecret_areThese() {
    assertThat(
            WebhookSignature.headers(
                "id", Instant.ofEpochSecond(1_700_000_000L), "{}", List.of(KEY)))
        .isEqualTo(
            Map.of(
                "webhook-id",
                "id",
                "webhook-timestamp",
                "1700000000",
                "webhook-signature",
                "v1,1yX6VccYBYNnE1KrDB2fTe/zs66OKlp719hxINJfUag="));
  }

  /** The example that the libraries of Standard Webhooks are tested with. */
  @Test
  void headers_ofTwoSecrets_haveBothSignatures() {
    SecretBytes other =
        SecretBytes.copyOf(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    assertThat(
            WebhookSignature.headers(
                    "msg_p5jXN8AQM9LWM0D4loKWxJek",
                    Instant.ofEpochSecond(1_614_265_330L),
                    "{\"test\": 2432232314}",
                    List.of(other, KEY))
                .get("webhook-signature"))
        .startsWith("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,")
        .hasSize(2 * 47 + 1);
  }
}

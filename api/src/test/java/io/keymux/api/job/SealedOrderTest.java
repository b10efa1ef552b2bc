package io.keymux.api.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.json.Json;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import org.junit.jupiter.api.Test;

/** Orders with secrets, on their way into a row and back. */
class SealedOrderTest {
  private static final JobSpec SPEC =
      JobSpec.of(
          new JobSpec.Input(
              "file:///a.mp4", null, null, null, null, null, null, null, null, null, null));

  private static SecretBytes secret(String text) {
    return SecretBytes.copyOf(text.getBytes(UTF_8));
  }

  private static JobOrder there(JobOrder order) {
    byte[] json = Json.line(SealedOrder.of(order)).getBytes(UTF_8);
    return Json.read(json, SealedOrder.class).order();
  }

  @Test
  void order_withEverySecret_comesBack() {
    JobOrder order =
        new JobOrder(
            SPEC,
            new JobSecrets(
                secret("https://keys.example/?ticket=ü"),
                new JobSecrets.OwnKey(
                    SecretBytes.copyOf(Bytes.ofHex("000102030405060708090a0b0c0d0e0f").toArray()),
                    Bytes.ofHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")),
                secret("https://a.example/?sig=1"),
                new JobSecrets.StorageAccess("A", secret("in"), "r1"),
                new JobSecrets.StorageAccess("B", secret("out"), "r2")));

    assertThat(there(order)).isEqualTo(order);
    assertThat(order.toString() + SealedOrder.of(order))
        .doesNotContain("ticket", "sig=1", "000102");
  }

  @Test
  void order_withoutSecrets_comesBack() {
    assertThat(there(JobOrder.of(SPEC))).isEqualTo(JobOrder.of(SPEC));
    assertThat(JobSecrets.NONE.isEmpty()).isTrue();
  }
}

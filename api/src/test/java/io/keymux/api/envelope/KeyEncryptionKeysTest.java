package io.keymux.api.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.secret.SecretText;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The contract of all kinds of key-encryption keys. */
class KeyEncryptionKeysTest {
  private static final SecretBytes SECRET = SecretBytes.copyOf(new byte[32]);
  private KeyServices services;

  @BeforeEach
  void start() throws IOException {
    services = new KeyServices();
  }

  @AfterEach
  void stop() {
    services.close();
  }

  private KeyEncryptionKey key(String kind) {
    return switch (kind) {
      case "local" -> LocalKey.of(SecretBytes.copyOf(new byte[32]));
      case "seed" -> LocalKey.ofSeed(SecretBytes.copyOf(new byte[32]));
      case "vault" -> vault(KeyServices.TOKEN);
      default -> kms();
    };
  }

  private KeyEncryptionKey vault(String token) {
    return new VaultTransitKey(
        new VaultTransitKey.Vault(services.uri(), "transit", "keymux", null),
        () -> SecretText.of(token));
  }

  private KeyEncryptionKey kms() {
    return new AwsKmsKey(
        "alias/keymux",
        "eu-central-1",
        services.uri(),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA", "secret")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "seed", "vault", "kms"})
  void unwrap_sameContext_givesWhatWasWrapped(String kind) {
    Bytes wrapped = key(kind).wrap(SECRET, "keymux-1/data/1/acme");
    assertThat(key(kind).unwrap(wrapped, "keymux-1/data/1/acme")).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "seed", "vault", "kms"})
  void unwrap_otherContextOrBytes_isRefused(String kind) {
    Bytes wrapped = key(kind).wrap(SECRET, "keymux-1/data/1/acme");
    refused(kind, wrapped, "keymux-1/data/1/other");
    byte[] changed = wrapped.toArray();
    // Vault's is a text in base64.
    changed[changed.length - 6] = (byte) (changed[changed.length - 6] == 'A' ? 'B' : 'A');
    refused(kind, Bytes.copyOf(changed), "keymux-1/data/1/acme");
  }

  private void refused(String kind, Bytes wrapped, String context) {
    assertThatThrownBy(() -> key(kind).unwrap(wrapped, context))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("cannot-be-decrypted"));
  }

  @Test
  void ids_tellKeysApartAndNotWhatTheyAre() {
    assertThat(key("vault").id()).isEqualTo("vault:transit/keymux");
    assertThat(key("kms").id()).isEqualTo("aws-kms:alias/keymux");
    assertThat(key("local").id())
        .matches("local:[0-9a-f]{16}")
        .isNotEqualTo("local:" + "0".repeat(16));
    assertThat(key("seed").id()).matches("seed:[0-9a-f]{16}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vault", "kms"})
  void serviceThatFails_isSaidInOurWords(String kind) {
    services.status = 501;
    assertThatThrownBy(() -> key(kind).wrap(SECRET, "x"))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("encryption-service"))
        .hasMessageContaining("501")
        .hasMessageNotContaining("SECRET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vault", "kms"})
  void serviceThatIsGone_isSaidInOurWords(String kind) {
    KeyEncryptionKey key = key(kind);
    services.close();
    assertThatThrownBy(() -> key.wrap(SECRET, "x"))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("encryption-service"))
        .hasMessageContaining(key.id());
  }

  @Test
  void vault_wrongToken_isSaidWithoutIt() {
    assertThatThrownBy(() -> vault("hvs.wrong-token").wrap(SECRET, "x"))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("encryption-service"))
        .hasMessageNotContaining("hvs.");
  }

  @Test
  void vault_keepsTheVersionOfItsKey() {
    Bytes wrapped = key("vault").wrap(SECRET, "x");
    assertThat(new String(wrapped.toArray(), UTF_8)).startsWith("vault:v1:");
    assertThat(services.requests).containsExactly("/v1/transit/encrypt/keymux");
  }
}

package io.keymux.keyserver.widevine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.answer.SecretForms;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidevineSignerTest {
  /** The public test signer of Widevine. */
  static final String KEY = "1ae8ccd0e7985cc0b6203a55855a1034afc252980e970ca90e5202689f947ab9";

  static final Bytes IV = Bytes.ofHex("d58ce954203b7c9a9a9d467f59839249");
  private static final byte[] REQUEST =
      ("{\"content_id\":\"dGVzdCBjb250ZW50IGlk\",\"policy\":\"\",\"tracks\":[{\"type\":\"SD\"},"
              + "{\"type\":\"HD\"},{\"type\":\"UHD1\"},{\"type\":\"UHD2\"},{\"type\":\"AUDIO\"}],"
              + "\"drm_types\":[\"WIDEVINE\"],\"protection_scheme\":\"CENC\"}")
          .getBytes(US_ASCII);

  static WidevineSigner test() {
    return WidevineSigner.aes("widevine_test", secret(KEY), IV);
  }

  @Test
  void sign_aesTestVector_isThePublishedSignature() {
    assertThat(Base64.getEncoder().encodeToString(test().sign(REQUEST).orElseThrow()))
        .isEqualTo("6D7aXKgIsgmb3zpWS4LCROsYbT4CAZhJTI8ZTa2ykSM=");
  }

  @Test
  void verifies_aes_takesItsOwnSignatureOnly() {
    WidevineVerifier verifier = WidevineVerifier.aes(secret(KEY), IV);
    byte[] signature = test().sign(REQUEST).orElseThrow();

    assertThat(verifier.verifies(REQUEST, signature)).isTrue();
    signature[0] ^= 1;
    assertThat(verifier.verifies(REQUEST, signature)).isFalse();
    assertThat(verifier.verifies(REQUEST, new byte[0])).isFalse();
  }

  @Test
  void verifies_rsa_takesItsOwnSignatureOnly() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    byte[] signature = WidevineSigner.rsa("me", pair.getPrivate()).sign(REQUEST).orElseThrow();
    WidevineVerifier verifier = WidevineVerifier.rsa(pair.getPublic());

    assertThat(signature).hasSize(256);
    assertThat(verifier.verifies(REQUEST, signature)).isTrue();
    assertThat(verifier.verifies(new byte[] {1}, signature)).isFalse();
    assertThat(verifier.verifies(REQUEST, new byte[3])).isFalse();
    assertThat(WidevineVerifier.rsa(generator.generateKeyPair().getPublic()))
        .matches(other -> !other.verifies(REQUEST, signature));
  }

  @ParameterizedTest
  @CsvSource({"16, 16, true", "32, 16, true", "24, 16, false", "15, 16, false", "32, 8, false"})
  void aes_sizes_areChecked(int keyBytes, int ivBytes, boolean fine) {
    SecretBytes key = SecretBytes.copyOf(new byte[keyBytes]);
    Bytes iv = Bytes.copyOf(new byte[ivBytes]);
    if (fine) {
      assertThat(WidevineSigner.aes("me", key, iv).sign(REQUEST).orElseThrow()).hasSize(32);
      assertThat(WidevineVerifier.aes(key, iv).wantsSignature()).isTrue();
    } else {
      assertThatThrownBy(() -> WidevineSigner.aes("me", key, iv))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> WidevineVerifier.aes(key, iv))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void toString_anyOfThem_tellsNoKey() {
    WidevineOptions options =
        WidevineOptions.DEFAULT
            .withSigner(test())
            .withVerifier(WidevineVerifier.aes(secret(KEY), IV));

    SecretForms.assertNone(options.toString(), KEY);
    assertThat(options.toString()).contains("widevine_test", "WidevineVerifier[aes]");
  }

  @Test
  void none_signsNothing() {
    assertThat(WidevineSigner.none().sign(REQUEST)).isEmpty();
    assertThatThrownBy(() -> WidevineSigner.aes("", secret(KEY), IV))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static SecretBytes secret(String hex) {
    return SecretBytes.copyOf(HexFormat.of().parseHex(hex));
  }
}

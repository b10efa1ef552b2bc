package io.keymux.cpix.credential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import java.security.KeyStore;
import java.security.Security;
import java.util.Arrays;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PKCS8Generator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialReaderTest {
  private static final Credential MINE = TestCertificates.rsa2048("mine");
  private static final Credential OTHER = TestCertificates.rsa2048("other");
  private static final String PASSWORD = "pässword";

  /** The JDK, which makes the PKCS#12 files here, takes no other. */
  private static final String ASCII = "password";

  private static @Nullable SecretBytes password(@Nullable String text) {
    return text == null ? null : SecretBytes.copyOf(text.getBytes(UTF_8));
  }

  private static Credential withKey(byte[] file, @Nullable String password) {
    return CredentialReader.read(MINE.certificate(), "key file", file, password(password));
  }

  private static Credential whole(byte[] file, @Nullable String password) {
    return CredentialReader.read("credential file", file, password(password));
  }

  private static void assertRefused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasNoCause()
        .asInstanceOf(type(DrmException.class))
        .extracting(DrmException::code)
        .isEqualTo(code);
  }

  private static byte[] der(byte[] pem) {
    String text = new String(pem, ISO_8859_1).replaceAll("-----[^-]*-----", "");
    return Base64.getMimeDecoder().decode(text);
  }

  @Test
  void read_plainKeys_areTheKey() throws Exception {
    byte[] pkcs1 = CredentialFiles.pkcs1(MINE, null);
    byte[] pkcs8 = CredentialFiles.pkcs8(MINE, null);
    assertThat(new String(pkcs1, ISO_8859_1)).startsWith("-----BEGIN RSA PRIVATE KEY-----");
    assertThat(new String(pkcs8, ISO_8859_1)).startsWith("-----BEGIN PRIVATE KEY-----");
    for (byte[] file : new byte[][] {pkcs1, pkcs8, der(pkcs1), der(pkcs8)}) {
      assertThat(withKey(file, null)).isEqualTo(MINE);
    }
  }

  @Test
  void read_encryptedPkcs1_needsThePassword() throws Exception {
    byte[] file = CredentialFiles.pkcs1(MINE, PASSWORD);
    assertThat(new String(file, ISO_8859_1)).contains("DEK-Info: AES-256-CBC");
    assertThat(withKey(file, PASSWORD)).isEqualTo(MINE);
    assertRefused("credential-password-missing", () -> withKey(file, null));
    // This form has no check of its own: a wrong password may pass its padding.
    for (int i = 0; i < 600; i++) {
      String wrong = "another" + i;
      assertThatThrownBy(() -> withKey(file, wrong)).isInstanceOf(CredentialException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes-128", "aes-256", "3des"})
  void read_encryptedPkcs8_needsThePassword(String cipher) throws Exception {
    String algorithm =
        switch (cipher) {
          case "aes-128" -> PKCS8Generator.AES_128_CBC.getId();
          case "aes-256" -> PKCS8Generator.AES_256_CBC.getId();
          default -> PKCS8Generator.PBE_SHA1_3DES.getId();
        };
    byte[] file = CredentialFiles.pkcs8(MINE, PASSWORD, algorithm);
    for (byte[] form : new byte[][] {file, der(file)}) {
      assertThat(withKey(form, PASSWORD)).isEqualTo(MINE);
      assertRefused("credential-password-missing", () -> withKey(form, null));
      assertRefused("credential-password-wrong", () -> withKey(form, "another"));
    }
  }

  @Test
  void read_keyOfAnotherCertificate_isRefused() throws Exception {
    byte[] file = CredentialFiles.pkcs8(OTHER, null);
    assertRefused("credential-unusable", () -> withKey(file, null));
  }

  @Test
  void read_pemOfBoth_takesTheCertificateOfTheKey() throws Exception {
    byte[] key = CredentialFiles.pkcs8(MINE, null);
    byte[] mine = CredentialFiles.pem(MINE.certificate());
    byte[] other = CredentialFiles.pem(OTHER.certificate());
    assertThat(whole(CredentialFiles.joined(other, key, mine), null)).isEqualTo(MINE);
    assertRefused("credential-unusable", () -> whole(CredentialFiles.joined(other, key), null));
    assertRefused("private-key-unreadable", () -> whole(mine, null));
    byte[] two = CredentialFiles.joined(key, mine, CredentialFiles.pkcs8(OTHER, null), other);
    assertRefused("credential-unusable", () -> whole(two, null));
  }

  @Test
  void read_pkcs12_needsThePassword() throws Exception {
    byte[] file = CredentialFiles.pkcs12(ASCII, MINE);
    assertThat(whole(file, ASCII)).isEqualTo(MINE);
    assertRefused("credential-password-wrong", () -> whole(file, "another"));
    assertRefused("credential-password-missing", () -> whole(file, null));
  }

  @Test
  void read_pkcs12WithoutOneKey_isRefused() throws Exception {
    byte[] two = CredentialFiles.pkcs12(ASCII, MINE, OTHER);
    assertRefused("credential-unusable", () -> whole(two, ASCII));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("only", MINE.certificate());
    byte[] none = CredentialFiles.bytes(store, ASCII);
    assertRefused("credential-unusable", () -> whole(none, ASCII));
  }

  @Test
  void read_keyThatIsNotRsa_isUnsupported() throws Exception {
    PrivateKeyInfo elliptic =
        PrivateKeyInfo.getInstance(TestCertificates.keyPair("EC", 256).getPrivate().getEncoded());
    assertRefused("credential-not-rsa", () -> withKey(elliptic.getEncoded(), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0\0",
        "text",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\n????\n",
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"
      })
  void read_garbage_isRefusedWithATypedError(String text) {
    byte[] file = text.getBytes(ISO_8859_1);
    assertThatThrownBy(() -> withKey(file, PASSWORD)).isInstanceOf(CredentialException.class);
    assertThatThrownBy(() -> whole(file, PASSWORD)).isInstanceOf(CredentialException.class);
    assertRefused("certificate-unreadable", () -> CertificateReader.read("file", file));
  }

  @Test
  void read_truncatedFiles_areRefusedWithATypedError() throws Exception {
    byte[] pfx = CredentialFiles.pkcs12(ASCII, MINE);
    byte[] key = der(CredentialFiles.pkcs8(MINE, null));
    for (int length = 0; length < key.length; length += 7) {
      byte[] shortKey = Arrays.copyOf(key, length);
      byte[] shortPfx = Arrays.copyOf(pfx, length);
      assertThatThrownBy(() -> withKey(shortKey, null)).isInstanceOf(CredentialException.class);
      assertThatThrownBy(() -> whole(shortPfx, ASCII)).isInstanceOf(CredentialException.class);
    }
  }

  @Test
  void toString_credential_namesTheCertificateOnly() {
    assertThat(MINE.toString())
        .isEqualTo("Credential[CN=mine, serial " + MINE.facts().serial() + "]");
  }

  @Test
  void read_everyForm_leavesTheProvidersOfTheJdkAlone() throws Exception {
    whole(CredentialFiles.pkcs12(ASCII, MINE), ASCII);
    assertThat(Security.getProvider("BC")).isNull();
  }
}

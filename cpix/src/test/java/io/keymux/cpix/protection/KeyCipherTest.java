package io.keymux.cpix.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCipherTest {
  private static final String DOCUMENT_KEY =
      "6ca7cb3b566b1bc23d36a11335ac345e53dc619f5e4deff7edc8a96da112064d";
  private static final byte[] CONTENT_KEY = hex("deb5a81d86ac42e6cee876c91ab1ad2f");

  private static byte[] hex(String hex) {
    return Bytes.ofHex(hex).toArray();
  }

  private static KeyCipher cipher(String keyHex) {
    return new KeyCipher(SecretBytes.copyOf(hex(keyHex)));
  }

  private static byte[] decrypt(byte[] value, boolean xmlenc) throws GeneralSecurityException {
    return cipher(DOCUMENT_KEY).decrypt(AlgorithmNames.AES256_CBC, value, xmlenc);
  }

  /** The first key of EncryptedContentKeys.xml of DASH-IF. */
  @Test
  void decrypt_valueOfAnotherImplementation_isTheKey() throws Exception {
    byte[] value =
        hex(
            "986c325fc85f3a5b9338f14ce50393f3"
                + "3864a720c0fce9c819326cfea407484d15cbc5f69e4cdf0b3fd5c5f3146fa038");
    assertThat(decrypt(value, false)).isEqualTo(CONTENT_KEY);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void encrypt_key_hasIvAndWholeBlocksAndDecrypts(int size) throws Exception {
    byte[] key = new byte[size];
    new SecureRandom().nextBytes(key);
    byte[] value = cipher(DOCUMENT_KEY).encrypt(key, new SecureRandom());
    assertThat(value).hasSize(size + 32);
    assertThat(decrypt(value, false)).isEqualTo(key);
  }

  /** Padding bytes before the last are free in XML Encryption, fixed in PKCS#7. */
  @ParameterizedTest
  @CsvSource({
    "10101010101010101010101010101010, true, true",
    "00000000000000000000000000000010, false, true",
    "11101010101010101010101010101010, false, true",
    "10101010101010101010101010101110, false, true",
    "10101010101010101010101010101000, false, false",
    "11111111111111111111111111111111, false, false",
    "f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0, false, false",
    // One byte of padding leaves a key of 31 bytes.
    "00000000000000000000000000000001, false, false"
  })
  void decrypt_padding_isJudgedByMode(String padding, boolean strict, boolean lenient)
      throws Exception {
    Cipher raw = Cipher.getInstance("AES/CBC/NoPadding");
    IvParameterSpec iv = new IvParameterSpec(new byte[16]);
    raw.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(hex(DOCUMENT_KEY), "AES"), iv);
    byte[] value = new byte[48];
    raw.update(CONTENT_KEY, 0, 16, value, 16);
    raw.doFinal(hex(padding), 0, 16, value, 32);
    assertDecrypts(value, false, strict);
    assertDecrypts(value, true, lenient);
  }

  private static void assertDecrypts(byte[] value, boolean xmlenc, boolean expected)
      throws Exception {
    if (expected) {
      assertThat(decrypt(value, xmlenc)).isEqualTo(CONTENT_KEY);
    } else {
      assertThatThrownBy(() -> decrypt(value, xmlenc)).isInstanceOf(GeneralSecurityException.class);
    }
  }

  /** RFC 3394, 4.1, 4.2, 4.3 and 4.6. */
  @ParameterizedTest
  @CsvSource({
    "128, 000102030405060708090A0B0C0D0E0F, 00112233445566778899AABBCCDDEEFF,"
        + " 1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5",
    "192, 000102030405060708090A0B0C0D0E0F1011121314151617, 00112233445566778899AABBCCDDEEFF,"
        + " 96778B25AE6CA435F92B5B97C050AED2468AB8A17AD84E5D",
    "256, 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F,"
        + " 00112233445566778899AABBCCDDEEFF, 64E8C3F9CE0F5BA263E9777905818A2A93C8191E7D6E8AE7",
    "256, 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F,"
        + " 00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F,"
        + " 28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21"
  })
  void decrypt_keyWrapOfTheRfc_isItsKey(String bits, String wrapping, String key, String wrapped)
      throws Exception {
    String algorithm = "http://www.w3.org/2001/04/xmlenc#kw-aes" + bits;
    assertThat(cipher(wrapping).decrypt(algorithm, hex(wrapped), false)).isEqualTo(hex(key));
    byte[] damaged = hex(wrapped);
    damaged[9] ^= 1;
    assertThatThrownBy(() -> cipher(wrapping).decrypt(algorithm, damaged, false))
        .isInstanceOf(GeneralSecurityException.class);
    String wrongSize = bits.equals("128") ? DOCUMENT_KEY : wrapping.substring(0, 32);
    assertThatThrownBy(() -> cipher(wrongSize).decrypt(algorithm, hex(wrapped), false))
        .isInstanceOf(GeneralSecurityException.class);
  }
}

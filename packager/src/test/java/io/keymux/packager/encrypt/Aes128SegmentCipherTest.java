package io.keymux.packager.encrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Aes128SegmentCipherTest {
  private static final byte[] KEY = Bytes.ofHex("2b7e151628aed2a6abf7158809cf4f3c").toArray();
  private static final Bytes IV = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");

  private final Aes128SegmentCipher cipher =
      new Aes128SegmentCipher(
          new ContentKey(
              KeyId.parse("31323334-3536-3738-3930-313233343536"),
              SecretBytes.copyOf(KEY),
              null,
              null));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 33, 1000, 4096, 70_000})
  void update_anyChunks_isCbcWithPadding(int length) throws Exception {
    Random random = new Random(length);
    byte[] plain = new byte[length];
    random.nextBytes(plain);
    Cipher jce = Cipher.getInstance("AES/CBC/PKCS5Padding");
    jce.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(IV.toArray()));
    byte[] expected = jce.doFinal(plain);

    for (int max : new int[] {1, 7, 16, 100, 50_000}) {
      assertThat(encrypt(plain, random, max)).as("chunks up to %d", max).isEqualTo(expected);
    }
  }

  private byte[] encrypt(byte[] plain, Random random, int max) {
    ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
    Aes128Sink sink = new Aes128Sink(cipher);
    sink.start(IV, encrypted::write);
    int at = 0;
    while (at < plain.length) {
      int chunk = Math.min(plain.length - at, 1 + random.nextInt(max));
      sink.write(plain, at, chunk);
      at += chunk;
    }
    sink.finish();
    return encrypted.toByteArray();
  }
}

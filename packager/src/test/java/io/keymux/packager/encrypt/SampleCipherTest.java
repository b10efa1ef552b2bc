package io.keymux.packager.encrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the ciphers against the definitions of the modes, block by block on bare AES. */
class SampleCipherTest {
  private static final byte[] KEY = HexFormat.of().parseHex("100b6c20940f779a4589152b57d2dacb");
  private static final ContentKey CONTENT_KEY =
      new ContentKey(
          KeyId.parse("eb676abbcb345e96bbcf616630f1a3da"), SecretBytes.copyOf(KEY), null, null);
  private static final Bytes IV = Bytes.ofHex("0123456789abcdeffedcba9876543210");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 4095, 4096, 4097, 70001})
  void cenc_wholeSample_isCounterMode(int length) throws Exception {
    byte[] sample = random(length);
    byte[] out = new byte[length];

    new CencSampleCipher(CONTENT_KEY, counting(0xfffffffffffffffeL), Pattern.NONE)
        .encrypt(3, sample, 0, out, 0, length, null);

    assertThat(out).isEqualTo(counterMode(sample, new int[] {0}, new int[] {length}, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 32, 4096, 65536})
  void cenc_subsamples_shareOneKeyStream(int protectedBytes) throws Exception {
    SubsampleMap map = new SubsampleMap();
    map.addClear(11);
    map.addProtected(48);
    map.addClear(70000);
    map.addProtected(protectedBytes + 16);
    map.addClear(5);
    map.finish();
    int length = 11 + 48 + 70000 + protectedBytes + 16 + 5;
    byte[] sample = random(length);
    byte[] out = new byte[length];

    new CencSampleCipher(CONTENT_KEY, counting(7), Pattern.NONE)
        .encrypt(0, sample, 0, out, 0, length, map);

    assertThat(out)
        .isEqualTo(
            counterMode(sample, new int[] {11, 70000}, new int[] {48, protectedBytes + 16}, 7));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 16, 31, 160, 175, 176, 4096, 100_003})
  void cbcs_pattern_encryptsOneBlockOfTenFromTheConstantIv(int protectedBytes) throws Exception {
    SubsampleMap map = new SubsampleMap();
    map.addClear(9);
    map.addProtected(40);
    map.addClear(33);
    map.addProtected(protectedBytes + 1);
    map.finish();
    int length = 9 + 40 + 33 + protectedBytes + 1;
    byte[] sample = random(length);
    byte[] out = new byte[length];

    new CbcsSampleCipher(CONTENT_KEY, IV, Pattern.ONE_OF_TEN)
        .encrypt(0, sample, 0, out, 0, length, map);

    byte[] expected = sample.clone();
    chain(expected, 9, 40, 10);
    chain(expected, 82, protectedBytes + 1, 10);
    assertThat(out).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 32, 4111, 70000})
  void cbcs_wholeSample_leavesTheTailClear(int length) throws Exception {
    byte[] sample = random(length);
    byte[] out = new byte[length];

    new CbcsSampleCipher(CONTENT_KEY, IV, Pattern.ONE_OF_TEN)
        .encrypt(9, sample, 0, out, 0, length, null);

    byte[] expected = sample.clone();
    chain(expected, 0, length, 1);
    assertThat(out).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, 0",
    "5, 5, 79",
    "5, 5, 80",
    "5, 5, 500",
    "10, 0, 47",
    "10, 0, 160",
    "1, 9, 321"
  })
  void cbcs_anyPattern_encryptsItsBlocks(int crypt, int skip, int length) throws Exception {
    SubsampleMap map = new SubsampleMap();
    map.addClear(3);
    map.addProtected(length + 1);
    map.finish();
    byte[] sample = random(length + 4);
    byte[] out = new byte[length + 4];

    new CbcsSampleCipher(CONTENT_KEY, IV, new Pattern(crypt, skip))
        .encrypt(0, sample, 0, out, 0, length + 4, map);

    byte[] expected = sample.clone();
    byte[] previous = IV.toArray();
    for (int run = 0; (run + crypt) * 16 <= length + 1; run += crypt + skip) {
      for (int block = run; block < run + crypt; block++) {
        previous = chain(expected, 3 + block * 16, previous);
      }
    }
    assertThat(out).isEqualTo(expected);
  }

  @Test
  void cens_pattern_runsOneKeyStreamOverTheEncryptedBlocksOfTheSample() throws Exception {
    SubsampleMap map = new SubsampleMap();
    map.addClear(7);
    map.addProtected(176);
    map.addClear(1);
    map.addProtected(32);
    map.finish();
    byte[] sample = random(216);
    byte[] out = new byte[216];

    new CencSampleCipher(CONTENT_KEY, counting(9), Pattern.ONE_OF_TEN)
        .encrypt(0, sample, 0, out, 0, 216, map);

    // Blocks 0 and 10 of the first range, block 0 of the second.
    assertThat(out)
        .isEqualTo(counterMode(sample, new int[] {7, 144, 1}, new int[] {16, 16, 16}, 9));
  }

  @Test
  void cbc1_subsamples_shareOneChain() throws Exception {
    SubsampleMap map = new SubsampleMap();
    map.addClear(7);
    map.addProtected(32);
    map.addClear(70);
    map.addProtected(16);
    map.finish();
    byte[] sample = random(125);
    byte[] out = new byte[125];

    new Cbc1SampleCipher(CONTENT_KEY, new SampleIvs.Scattered(IV, IV))
        .encrypt(0, sample, 0, out, 0, 125, map);

    byte[] expected = sample.clone();
    byte[] previous = chain(expected, 7, IV.toArray());
    previous = chain(expected, 23, previous);
    chain(expected, 109, previous);
    assertThat(out).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 16, 33, 4111})
  void cbc1_wholeSample_leavesTheTailClear(int length) throws Exception {
    byte[] sample = random(length);
    byte[] out = new byte[length];

    new Cbc1SampleCipher(CONTENT_KEY, new SampleIvs.Scattered(IV, IV))
        .encrypt(0, sample, 0, out, 0, length, null);

    byte[] expected = sample.clone();
    chain(expected, 0, length, 1);
    assertThat(out).isEqualTo(expected);
  }

  private static SampleIvs counting(long first) {
    return new SampleIvs.Counting(first, 0, 8);
  }

  private static byte[] counterMode(byte[] sample, int[] clear, int[] encrypted, long iv)
      throws Exception {
    byte[] out = sample.clone();
    byte[] counter = new byte[16];
    for (int i = 0; i < 8; i++) {
      counter[i] = (byte) (iv >>> (56 - 8 * i));
    }
    byte[] stream = new byte[0];
    int used = 16;
    int at = 0;
    for (int r = 0; r < clear.length; r++) {
      at += clear[r];
      for (int i = 0; i < encrypted[r]; i++, at++, used++) {
        if (used == 16) {
          stream = aes(counter);
          used = 0;
          for (int b = 15; ++counter[b] == 0; ) {
            b--;
          }
        }
        out[at] ^= stream[used];
      }
    }
    return out;
  }

  /** CBC over every {@code period}-th whole block. */
  private static void chain(byte[] data, int offset, int length, int period) throws Exception {
    byte[] previous = IV.toArray();
    for (int block = 0; (block + 1) * 16 <= length; block += period) {
      previous = chain(data, offset + block * 16, previous);
    }
  }

  /** CBC of one block; gives it back, too. */
  private static byte[] chain(byte[] data, int at, byte[] previous) throws Exception {
    byte[] mixed = Arrays.copyOfRange(data, at, at + 16);
    for (int i = 0; i < 16; i++) {
      mixed[i] ^= previous[i];
    }
    byte[] encrypted = aes(mixed);
    System.arraycopy(encrypted, 0, data, at, 16);
    return encrypted;
  }

  private static byte[] aes(byte[] block) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"));
    return cipher.doFinal(block);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}

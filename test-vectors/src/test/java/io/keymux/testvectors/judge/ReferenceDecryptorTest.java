package io.keymux.testvectors.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.testvectors.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge on broken input, and its ciphers on values worked out by hand. */
class ReferenceDecryptorTest {
  private static final KeyRing GENERIC =
      KeyRing.empty().with("31323334353637383930313233343536", "32333435363738393021323334353637");

  @Test
  void decrypt_withoutTheKey_saysWhichKid() throws IOException {
    byte[] media = peerFile();

    assertThatThrownBy(() -> ReferenceDecryptor.decrypt(media, KeyRing.empty()))
        .isInstanceOf(UnreadableMediaException.class)
        .hasMessageContaining("31323334-3536-3738-3930-313233343536");
  }

  @Test
  void decrypt_truncatedAnywhere_isNeverAnythingButOurException() throws IOException {
    byte[] media = peerFile();
    for (int length = 0; length < media.length; length += 1 + length / 500) {
      byte[] truncated = Arrays.copyOf(media, length);
      try {
        ReferenceDecryptor.decrypt(truncated, GENERIC);
      } catch (RuntimeException e) {
        assertThat(e).as("length %d", length).isInstanceOf(UnreadableMediaException.class);
      }
    }
  }

  @Test
  void decrypt_saioOffByOne_isRefused() throws IOException {
    byte[] media = peerFile();
    int saio = indexOf(media, "saio");
    media[saio + 15]++;

    assertThatThrownBy(() -> ReferenceDecryptor.decrypt(media, GENERIC))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("judge-aux-info-mismatch"));
  }

  @Test
  void decrypt_saizSizeOffBySix_isRefused() throws IOException {
    byte[] media = peerFile();
    int saiz = indexOf(media, "saiz");
    assertThat(media[saiz + 8]).as("default size").isZero();
    media[saiz + 13] = (byte) (media[saiz + 13] + 6);

    assertThatThrownBy(() -> ReferenceDecryptor.decrypt(media, GENERIC))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("judge-aux-info-mismatch"));
  }

  @Test
  void counter_lowHalfAtItsEnd_wrapsWithoutCarry() {
    byte[] key = new byte[16];
    byte[] wrapped = new byte[32];
    new BlockCipher(key)
        .counter(HexFormat.of().parseHex("0102030405060708ffffffffffffffff"))
        .apply(wrapped, 0, 32);
    byte[] low = new byte[16];
    new BlockCipher(key)
        .counter(HexFormat.of().parseHex("01020304050607080000000000000000"))
        .apply(low, 0, 16);

    assertThat(Bytes.copyOf(Arrays.copyOfRange(wrapped, 16, 32))).isEqualTo(Bytes.copyOf(low));
  }

  /** NIST SP 800-38A, F.5.1 CTR-AES128.Encrypt, split in odd places. */
  @Test
  void counter_nistVector_isTheSameInPieces() {
    byte[] data = HexFormat.of().parseHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c");
    BlockCipher.Mode mode =
        new BlockCipher(HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c"))
            .counter(HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
    mode.apply(data, 0, 5);
    mode.apply(data, 5, 14);
    mode.apply(data, 19, 5);

    assertThat(HexFormat.of().formatHex(data))
        .isEqualTo("874d6191b620e3261bef6864990db6ce9806f66b7970fdff");
  }

  /** NIST SP 800-38A, F.2.2 CBC-AES128.Decrypt, in two pieces. */
  @Test
  void chain_nistVector_runsOnOverPieces() {
    byte[] data =
        HexFormat.of().parseHex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2");
    BlockCipher.Mode mode =
        new BlockCipher(HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c"))
            .chain(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
    mode.apply(data, 0, 16);
    mode.apply(data, 16, 16);

    assertThat(HexFormat.of().formatHex(data))
        .isEqualTo("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
  }

  @Test
  void read_sampleLadder_isClear() {
    assertThatCode(
            () -> {
              for (var file : Repository.sampleLadder()) {
                assertThat(ClearSamples.read(file).get(0).keyIds()).isEmpty();
              }
            })
        .doesNotThrowAnyException();
  }

  private static byte[] peerFile() throws IOException {
    return Files.readAllBytes(
        Repository.thirdParty("packaging/bento4-generated/b4.CENC.h264_4slice.mp4"));
  }

  private static int indexOf(byte[] media, String fourCc) {
    int at = new String(media, StandardCharsets.ISO_8859_1).indexOf(fourCc);
    assertThat(at).as("place of %s", List.of(fourCc)).isPositive();
    return at;
  }
}

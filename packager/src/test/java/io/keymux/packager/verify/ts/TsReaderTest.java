package io.keymux.packager.verify.ts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream of one packet a table and PES packet, whole and damaged. */
class TsReaderTest {
  private static final int PACKET = 188;

  private final List<String> problems = new ArrayList<>();
  private final List<PesPacket> read = new ArrayList<>();
  private final TsReader reader =
      new TsReader((code, place, text) -> problems.add(code), (stream, pes) -> read.add(pes));

  @Test
  void read_wholeSegment_hasItsFrames() {
    read(HandmadeTs.segment());

    assertThat(problems).isEmpty();
    assertThat(read).hasSize(3);
    assertThat(read.get(0).pts()).isEqualTo(900_000);
    assertThat(read.get(1).dts()).isEqualTo(903_600);
    assertThat(read.get(0).randomAccess()).isTrue();
    assertThat(read.get(2).data().toHex()).isEqualTo("0000000109f00000014103");
  }

  /** Packets: PAT, PMT, three pictures. Offsets are those of the handmade packets. */
  @ParameterizedTest
  @CsvSource({
    // packet, offset in it, new value (hex), code
    "2, 0, 00, ts-sync-lost",
    "2, 1, c1, ts-packet-malformed",
    "2, 3, f0, ts-packet-malformed",
    "2, 4, c0, ts-packet-malformed",
    "3, 3, 32, ts-continuity",
    "3, 2, 01, ts-unknown-pid",
    "0, 9, 07, ts-table-crc",
    "1, 12, 55, ts-table-crc",
    "1, 7, ff, ts-table-malformed",
    "0, 4, b0, ts-table-malformed",
    "2, -1, 01, ts-pes-malformed",
    "2, 5, 40, ts-no-pcr",
  })
  void read_oneByteChanged_saysWhat(int packet, int offset, String value, String code) {
    byte[] segment = HandmadeTs.segment();
    int at = packet * PACKET + (offset >= 0 ? offset : HandmadeTs.pesOffset());
    segment[at] = (byte) Integer.parseInt(value, 16);

    read(segment);

    assertThat(problems).contains(code);
  }

  @Test
  void read_tablesMissing_saysSo() {
    byte[] segment = HandmadeTs.segment();

    read(Arrays.copyOfRange(segment, 2 * PACKET, segment.length));

    assertThat(problems).contains("ts-unknown-pid", "ts-no-tables");
  }

  @Test
  void read_packetLost_counterTells() {
    byte[] segment = HandmadeTs.segment();
    System.arraycopy(segment, 4 * PACKET, segment, 3 * PACKET, PACKET);

    read(Arrays.copyOf(segment, 4 * PACKET));

    assertThat(problems).containsExactly("ts-continuity");
  }

  @Test
  void read_cutOff_saysSo() {
    read(Arrays.copyOf(HandmadeTs.segment(), 3 * PACKET + 100));

    assertThat(problems).containsExactly("ts-truncated");
  }

  @Test
  void read_sameSegmentAgain_countersAndTimesRepeat() {
    read(HandmadeTs.segment());
    read(HandmadeTs.segment());

    assertThat(problems).contains("ts-continuity", "ts-dts-order", "ts-pcr-distance");
  }

  @Test
  void read_sameSegmentAfterDiscontinuity_isFine() {
    read(HandmadeTs.segment());
    reader.begin("again", true);
    byte[] segment = HandmadeTs.segment();
    reader.read(segment, 0, segment.length);
    reader.end();

    assertThat(problems).isEmpty();
  }

  @Test
  void read_anyBytes_neverThrows() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] segment = HandmadeTs.segment();
      for (int n = random.nextInt(6); n >= 0; n--) {
        segment[random.nextInt(segment.length)] = (byte) random.nextInt(256);
      }
      read(Arrays.copyOf(segment, random.nextInt(segment.length + 1)));
    }

    assertThat(new TreeSet<>(problems)).hasSizeGreaterThan(10);
  }

  /** Segments that ffmpeg made, encrypted by another tool. */
  @Test
  void read_segmentsOfOthers_haveThePictures() throws Exception {
    Path set =
        Path.of(System.getProperty("keymux.vectors", "absent"), "packaging/hls-generated/aes128ts");
    Assumptions.assumeTrue(Files.isDirectory(set), set + " is not there");

    for (int i = 0; i < 3; i++) {
      read(decrypted(set.resolve("s" + i + ".ts"), set.resolve("key.bin")));
    }

    assertThat(problems.stream().filter(code -> !code.equals("ts-continuity"))).isEmpty();
    assertThat(read.stream().filter(PesPacket::randomAccess)).hasSizeGreaterThanOrEqualTo(3);
    assertThat(read).hasSizeGreaterThan(144);
  }

  private void read(byte[] segment) {
    reader.begin("test", false);
    reader.read(segment, 0, segment.length);
    reader.end();
  }

  private static byte[] decrypted(Path file, Path key)
      throws IOException, GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    byte[] iv = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(Files.readAllBytes(key), "AES"),
        new IvParameterSpec(iv));
    return cipher.doFinal(Files.readAllBytes(file));
  }
}

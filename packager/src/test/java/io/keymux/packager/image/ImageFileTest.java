package io.keymux.packager.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of another encoder, whole, cut, and each with one thing changed. */
class ImageFileTest {
  private static final byte[] JPEG = TestImages.jpeg(40, 24, 3, false);
  private static final byte[] PNG = TestImages.png(40, 24, BufferedImage.TYPE_INT_RGB, false);

  static Stream<Arguments> whole() {
    return Stream.of(
        Arguments.of(ImageFormat.JPEG, JPEG),
        Arguments.of(ImageFormat.JPEG, TestImages.jpeg(40, 24, 3, true)),
        Arguments.of(ImageFormat.JPEG, edited(JPEG, b -> with(b, b.length, 0, 1, 2))),
        Arguments.of(ImageFormat.JPEG, edited(JPEG, b -> with(b, 2, 0xff, 0xff))),
        Arguments.of(ImageFormat.PNG, PNG),
        Arguments.of(ImageFormat.PNG, png(BufferedImage.TYPE_INT_ARGB, false)),
        Arguments.of(ImageFormat.PNG, png(BufferedImage.TYPE_INT_ARGB, true)),
        Arguments.of(ImageFormat.PNG, png(BufferedImage.TYPE_BYTE_GRAY, false)),
        Arguments.of(ImageFormat.PNG, png(BufferedImage.TYPE_USHORT_GRAY, true)),
        Arguments.of(ImageFormat.PNG, png(BufferedImage.TYPE_BYTE_INDEXED, true)),
        Arguments.of(ImageFormat.PNG, png(BufferedImage.TYPE_BYTE_BINARY, true)));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void of_whole_formatAndSize(ImageFormat format, byte[] bytes) {
    assertThat(ImageFile.of("a", bytes)).isEqualTo(new ImageFile(format, bytes.length, 40, 24));
  }

  /** Adam7 leaves passes out of small images. */
  @Test
  void of_interlacedOfAnySize_itsSize() {
    for (int width = 1; width < 12; width++) {
      for (int height = 1; height < 12; height++) {
        byte[] bytes = TestImages.png(width, height, BufferedImage.TYPE_INT_RGB, true);
        assertThat(ImageFile.of("a", bytes))
            .isEqualTo(new ImageFile(ImageFormat.PNG, bytes.length, width, height));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("whole")
  void of_truncated_isRefusedWithTheOffset(ImageFormat format, byte[] bytes) {
    int end =
        format == ImageFormat.JPEG
            ? new String(bytes, ISO_8859_1).lastIndexOf("\u00ff\u00d9")
            : bytes.length - 1;
    for (int length = 8; length <= end; length++) {
      DrmException refusal = refusal(Arrays.copyOf(bytes, length));
      assertThat(refusal.code())
          .as("%d of %d bytes", length, bytes.length)
          .isEqualTo("image-malformed");
      assertThat(refusal.problem()).matches("Image a, byte \\d+: .*");
    }
  }

  static Stream<Arguments> faults() {
    int sof = at(JPEG, 0xff, 0xc0);
    int sos = at(JPEG, 0xff, 0xda);
    return Stream.of(
        fault("nothing", "image-unsupported", "byte 0: it is neither", JPEG, b -> new byte[0]),
        fault("GIF", "image-unsupported", "byte 0: it is neither", JPEG, b -> text("GIF89a....")),
        fault("WebP", "image-unsupported", "neither", JPEG, b -> text("RIFF....WEBPVP8 ")),
        fault("no height", "image-malformed", "40 x 0 pixels", JPEG, set(sof + 5, 0, 0)),
        fault("no width", "image-malformed", "0 x 24 pixels", JPEG, set(sof + 7, 0, 0)),
        fault("lossless", "image-unsupported", "SOF3", JPEG, set(sof + 1, 0xc3)),
        fault("arithmetic", "image-unsupported", "SOF9", JPEG, set(sof + 1, 0xc9)),
        fault("12 bits", "image-unsupported", "12 bits", JPEG, set(sof + 4, 12)),
        fault("no component", "image-malformed", "0 components", JPEG, set(sof + 9, 0)),
        fault("components", "image-malformed", "4 components", JPEG, set(sof + 9, 4)),
        fault("frame of 4 bytes", "image-malformed", "header of 4", JPEG, set(sof + 2, 0, 4)),
        fault("segment of 1 byte", "image-malformed", "of 1 bytes", JPEG, set(sof + 2, 0, 1)),
        fault("no frame", "image-malformed", "before the frame", JPEG, set(sof + 1, 0xe1)),
        fault("two frames", "image-malformed", "a second frame", JPEG, repeat(sof, sof + 19)),
        fault("no scan", "image-malformed", "EOI comes before", JPEG, set(sos + 1, 0xd9)),
        fault("SOI again", "image-malformed", "marker D8", JPEG, set(sof + 1, 0xd8)),
        fault("no marker", "image-malformed", "is missing", JPEG, set(sof, 0)),
        fault("segment too long", "image-malformed", "ends in", JPEG, set(sof + 21, 0xff, 0xff)),
        fault("checksum", "image-malformed", "of chunk IHDR", PNG, set(19, 41)),
        fault("width lies", "image-malformed", "the header says", PNG, header(19, 41)),
        fault("height lies", "image-malformed", "the header says", PNG, header(23, 23)),
        fault("depth lies", "image-malformed", "the header says", PNG, header(24, 16)),
        fault("no width", "image-malformed", "byte 16: the image has 0 x", PNG, header(19, 0)),
        fault("no height", "image-malformed", "40 x 0 pixels", PNG, header(23, 0)),
        fault("huge", "image-too-large", "pixels, at most", PNG, header(16, 0x7f)),
        fault("huge product", "image-too-large", "pixels", PNG, header(17, 2, 0, 0, 0, 2)),
        fault("no depth", "image-malformed", "0 bits", PNG, header(24, 0)),
        fault("colour 5", "image-malformed", "colour type 5", PNG, header(25, 5)),
        fault("interlaced by 2", "image-malformed", "by 2", PNG, header(28, 2)),
        fault("no header", "image-malformed", "chunk IDAT does not", PNG, b -> without(b, 8, 33)),
        fault("two headers", "image-malformed", "chunk IHDR does not", PNG, repeat(8, 33)),
        fault("chunk too long", "image-malformed", "byte 8: a chunk of", PNG, set(8, 0x70)),
        fault("no pixels", "image-malformed", "have 0 bytes", PNG, ImageFileTest::withoutPixels),
        fault("bad pixels", "image-malformed", "inflated", PNG, ImageFileTest::badPixels));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void of_oneFault_isRefused(String what, String code, String message, byte[] bytes) {
    DrmException refusal = refusal(bytes);
    assertThat(refusal.code()).as(refusal.problem()).isEqualTo(code);
    assertThat(refusal.problem()).contains("Image a").contains(message);
  }

  @Test
  void of_randomDamage_noOtherFailure() {
    Random random = new Random(5);
    int refused = 0;
    for (byte[] sound : List.of(JPEG, PNG, TestImages.jpeg(40, 24, 3, true))) {
      for (int i = 0; i < 2000; i++) {
        byte[] bytes = sound.clone();
        for (int n = random.nextInt(4); n >= 0; n--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        try {
          ImageFile image = ImageFile.of("a", bytes);
          assertThat(image.width()).isPositive();
        } catch (DrmException e) {
          assertThat(e.code()).startsWith("image-");
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(2000);
  }

  private static DrmException refusal(byte[] bytes) {
    DrmException refusal = catchThrowableOfType(DrmException.class, () -> ImageFile.of("a", bytes));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  private static byte[] png(int type, boolean interlaced) {
    return TestImages.png(40, 24, type, interlaced);
  }

  private static Arguments fault(
      String what, String code, String message, byte[] sound, UnaryOperator<byte[]> change) {
    return Arguments.of(what, code, message, edited(sound, change));
  }

  private static byte[] edited(byte[] sound, UnaryOperator<byte[]> change) {
    byte[] bytes = change.apply(sound.clone());
    assertThat(bytes).isNotEqualTo(sound);
    return bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static int at(byte[] bytes, int... wanted) {
    byte[] pattern = new byte[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      pattern[i] = (byte) wanted[i];
    }
    return new String(bytes, ISO_8859_1).indexOf(new String(pattern, ISO_8859_1));
  }

  private static UnaryOperator<byte[]> set(int at, int... values) {
    return bytes -> {
      for (int i = 0; i < values.length; i++) {
        bytes[at + i] = (byte) values[i];
      }
      return bytes;
    };
  }

  /** Changes the header of a PNG, and its checksum. */
  private static UnaryOperator<byte[]> header(int at, int... values) {
    return bytes -> checksummed(set(at, values).apply(bytes), 8);
  }

  /**
   * @param chunk where it begins
   */
  private static byte[] checksummed(byte[] bytes, int chunk) {
    int length = ByteBuffer.wrap(bytes).getInt(chunk);
    CRC32 crc = new CRC32();
    crc.update(bytes, chunk + 4, length + 4);
    ByteBuffer.wrap(bytes).putInt(chunk + 8 + length, (int) crc.getValue());
    return bytes;
  }

  private static byte[] with(byte[] bytes, int at, int... values) {
    byte[] more = new byte[bytes.length + values.length];
    System.arraycopy(bytes, 0, more, 0, at);
    System.arraycopy(bytes, at, more, at + values.length, bytes.length - at);
    return set(at, values).apply(more);
  }

  private static byte[] without(byte[] bytes, int from, int to) {
    byte[] less = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, less, from, bytes.length - to);
    return less;
  }

  private static UnaryOperator<byte[]> repeat(int from, int to) {
    return bytes -> {
      int[] again = new int[to - from];
      for (int i = 0; i < again.length; i++) {
        again[i] = bytes[from + i];
      }
      return with(bytes, from, again);
    };
  }

  private static byte[] withoutPixels(byte[] bytes) {
    int chunk = at(bytes, 'I', 'D', 'A', 'T') - 4;
    return without(bytes, chunk, chunk + 12 + ByteBuffer.wrap(bytes).getInt(chunk));
  }

  private static byte[] badPixels(byte[] bytes) {
    int chunk = at(bytes, 'I', 'D', 'A', 'T') - 4;
    bytes[chunk + 8] = 0x55;
    return checksummed(bytes, chunk);
  }
}

package io.keymux.packager.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keymux.cpix.DrmException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Any bytes are an image with pixels, or refused. */
class ImageFileFuzzTest {
  private static final int PNG_SIGNATURE = 8;

  @FuzzTest(maxDuration = "60s")
  void of_anyFile_imageOrRefused(byte[] input) {
    read(input);
    if (PngReader.begins(input)) {
      read(checksummed(input.clone()));
    }
  }

  private static void read(byte[] input) {
    try {
      ImageFile image = ImageFile.of("fuzz", input);
      assertThat(image.bytes()).isEqualTo(input.length);
      assertThat((long) image.width() * image.height()).isBetween(1L, 100_000_000L);
    } catch (DrmException e) {
      assertThat(e.code()).isIn("image-malformed", "image-unsupported", "image-too-large");
    }
  }

  /** The same chunks with right checksums, which a fuzzer does not guess. */
  private static byte[] checksummed(byte[] png) {
    ByteBuffer chunks = ByteBuffer.wrap(png);
    int at = PNG_SIGNATURE;
    while (png.length - at >= 12) {
      int length = chunks.getInt(at);
      if (length < 0 || length > png.length - at - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(png, at + 4, length + 4);
      chunks.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
    return png;
  }
}

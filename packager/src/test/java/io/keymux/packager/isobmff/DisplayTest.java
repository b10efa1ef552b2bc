package io.keymux.packager.isobmff;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTest {

  /** The matrices are those that ffmpeg writes for its {@code display_rotation}. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 1, 0",
    "0, 1, -1, 0, 90",
    "-1, 0, 0, -1, 180",
    "0, -1, 1, 0, 270",
    "-1, 0, 0, 1, 0",
    "0, 1, 1, 0, 0",
    "2, 0, 0, 2, 0",
  })
  void degrees_ofAMatrix_areClockwise(int a, int b, int c, int d, int degrees) {
    ByteBuffer matrix = ByteBuffer.allocate(36);
    matrix.putInt(0, a << 16).putInt(4, b << 16).putInt(12, c << 16).putInt(16, d << 16);

    assertThat(new Display(Bytes.copyOf(matrix.array()), 0, 0).degrees()).isEqualTo(degrees);
  }
}

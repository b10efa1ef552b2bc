package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import java.nio.ByteBuffer;

/**
 * How a track is put on the screen.
 *
 * @param matrix 36 bytes as in the file: turns, mirrors, stretches and moves the picture
 * @param width of the picture, in 1/65536 of a pixel; 0 unless video
 * @param height likewise
 * @see "ISO/IEC 14496-12, 8.3.2 Track Header Box"
 */
public record Display(Bytes matrix, long width, long height) {
  private static final int MATRIX_BYTES = 36;

  private static final Bytes UPRIGHT =
      Bytes.ofHex("000100000000000000000000000000000001000000000000000000000000000040000000");

  /** Nothing to see. */
  public static final Display NONE = new Display(UPRIGHT, 0, 0);

  /** Reads the end of {@code tkhd}. Some writers leave zeros, which players take for no matrix. */
  static Display read(BoxReader in) {
    Bytes matrix = Bytes.copyOf(in.bytes(MATRIX_BYTES, "matrix"));
    ByteBuffer read = ByteBuffer.wrap(matrix.toArray());
    boolean empty = read.getLong(0) == 0 && read.getLong(12) == 0;
    return new Display(empty ? UPRIGHT : matrix, in.u32(), in.u32());
  }

  /**
   * How far players turn the picture, clockwise: 0, 90, 180 or 270 degrees; 0 for other matrices.
   */
  public int degrees() {
    ByteBuffer read = ByteBuffer.wrap(matrix.toArray());
    int a = Integer.signum(read.getInt(0));
    int b = Integer.signum(read.getInt(4));
    int c = Integer.signum(read.getInt(12));
    int d = Integer.signum(read.getInt(16));
    if (a == 0 && d == 0) {
      return b > 0 && c < 0 ? 90 : b < 0 && c > 0 ? 270 : 0;
    }
    return a < 0 && d < 0 && b == 0 && c == 0 ? 180 : 0;
  }

  /** Whether the picture is turned or mirrored. */
  boolean turns() {
    ByteBuffer read = ByteBuffer.wrap(matrix.toArray());
    return read.getInt(0) <= 0
        || read.getInt(4) != 0
        || read.getInt(12) != 0
        || read.getInt(16) <= 0;
  }
}

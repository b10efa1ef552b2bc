package io.keymux.packager.codec;

/**
 * How many tiles a frame has.
 *
 * @see "AV1 specification, 5.9.15 Tile info syntax"
 */
final class Av1TileInfo {
  private static final int MAX_WIDTH = 4096;
  private static final int MAX_AREA = 4096 * 2304;
  private static final int MAX_COLUMNS = 64;
  private static final int MAX_ROWS = 64;

  private int columns;
  private int rows;
  private int columnsLog2;
  private int rowsLog2;
  private int sizeBytes;

  void read(Av1BitReader in, Av1SequenceHeader sequence, Av1FrameSize size) {
    int blockShift = sequence.superblock128 ? 7 : 6;
    // Frames are counted in whole blocks of 8 pixels, which never makes another superblock.
    int blockColumns = ceilShift(size.width(), blockShift);
    int blockRows = ceilShift(size.height(), blockShift);
    int maxBlockWidth = MAX_WIDTH >> blockShift;
    int maxBlockArea = MAX_AREA >> (2 * blockShift);
    int minColumnsLog2 = log2(maxBlockWidth, blockColumns);
    int minLog2 = Math.max(minColumnsLog2, log2(maxBlockArea, blockRows * blockColumns));
    if (in.flag()) {
      columnsLog2 = readLog2(in, minColumnsLog2, log2(1, Math.min(blockColumns, MAX_COLUMNS)));
      columns = ceilDivide(blockColumns, ceilShift(blockColumns, columnsLog2));
      int minRowsLog2 = Math.max(minLog2 - columnsLog2, 0);
      rowsLog2 = readLog2(in, minRowsLog2, log2(1, Math.min(blockRows, MAX_ROWS)));
      rows = ceilDivide(blockRows, ceilShift(blockRows, rowsLog2));
    } else {
      readSizes(in, blockColumns, blockRows, maxBlockWidth, minLog2);
    }
    sizeBytes = 0;
    if (columnsLog2 + rowsLog2 > 0) {
      in.skip(columnsLog2 + rowsLog2); // context_update_tile_id
      sizeBytes = in.bits(2) + 1;
    }
  }

  private void readSizes(
      Av1BitReader in, int blockColumns, int blockRows, int maxBlockWidth, int minLog2) {
    int widest = 0;
    columns = 0;
    for (int start = 0; start < blockColumns; columns++) {
      int width = in.nonSymmetric(Math.min(blockColumns - start, maxBlockWidth)) + 1;
      widest = Math.max(widest, width);
      start += width;
    }
    int area = blockRows * blockColumns;
    int maxHeight = Math.max((minLog2 > 0 ? area >> (minLog2 + 1) : area) / widest, 1);
    rows = 0;
    for (int start = 0; start < blockRows; rows++) {
      start += in.nonSymmetric(Math.min(blockRows - start, maxHeight)) + 1;
    }
    if (columns > MAX_COLUMNS || rows > MAX_ROWS) {
      throw in.malformed(
          "%d x %d tiles where %d x %d are the most"
              .formatted(columns, rows, MAX_COLUMNS, MAX_ROWS));
    }
    columnsLog2 = log2(1, columns);
    rowsLog2 = log2(1, rows);
  }

  private static int readLog2(Av1BitReader in, int least, int most) {
    int value = least;
    while (value < most && in.flag()) {
      value++;
    }
    return value;
  }

  /** The smallest k for which {@code size << k} is at least {@code target}. */
  private static int log2(int size, int target) {
    int k = 0;
    while (size << k < target) {
      k++;
    }
    return k;
  }

  private static int ceilShift(int value, int shift) {
    return (value + (1 << shift) - 1) >> shift;
  }

  private static int ceilDivide(int value, int by) {
    return (value + by - 1) / by;
  }

  /** Tiles of the frame, at least 1. */
  int count() {
    return columns * rows;
  }

  /** Bits of a tile's number. */
  int numberBits() {
    return columnsLog2 + rowsLog2;
  }

  /** Bytes of a tile's size, 1 to 4; 0 if there is one tile. */
  int sizeBytes() {
    return sizeBytes;
  }
}

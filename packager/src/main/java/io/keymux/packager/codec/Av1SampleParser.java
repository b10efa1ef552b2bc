package io.keymux.packager.codec;

import org.jspecify.annotations.Nullable;

/**
 * Walks the OBUs of a sample: the data of each tile may be encrypted, everything else stays clear.
 *
 * <pre>
 * |TD|sequence header|frame OBU: header| size |=== tile ===| size |=== tile ===|=== last tile ===|
 * </pre>
 *
 * <p>Follows the frames that are kept for reference. Every layer is read, whatever operating point
 * a player chooses.
 *
 * @see "AV1 Codec ISO Media File Format Binding, Common Encryption"
 * @see "AV1 specification, 5.3 OBU syntax"
 */
final class Av1SampleParser implements SampleParser {
  private static final int SEQUENCE_HEADER = 1;
  private static final int TEMPORAL_DELIMITER = 2;
  private static final int FRAME_HEADER = 3;
  private static final int TILE_GROUP = 4;
  private static final int FRAME = 6;
  private static final int REDUNDANT_FRAME_HEADER = 7;
  private static final int TILE_LIST = 8;
  private static final int NO_FRAME = -1;

  private final Av1BitReader in;
  private final Av1FrameHeader frame = new Av1FrameHeader();
  private @Nullable Av1SequenceHeader sequence;

  /** The next tile of the frame whose header was read, or {@link #NO_FRAME}. */
  private int nextTile;

  private int told;

  /**
   * @param code of the errors, as {@link Av1BitReader}
   * @param sequence header to start with, or null
   */
  Av1SampleParser(String code, @Nullable Av1SequenceHeader sequence) {
    this.in = new Av1BitReader(code);
    this.sequence = sequence;
  }

  /** The sequence header that was read last, or null. */
  @Nullable Av1SequenceHeader sequence() {
    return sequence;
  }

  /** Throws with code {@code frame-header-unreadable}. */
  @Override
  public void parse(byte[] data, int offset, int length, SampleRanges ranges) {
    int end = offset + length;
    nextTile = NO_FRAME;
    told = offset;
    int at = offset;
    while (at < end) {
      in.begin(data, offset, at, end);
      at = readObu(end, ranges);
    }
    if (nextTile != NO_FRAME) {
      throw in.malformed(
          "the sample ends before tile %d of %d".formatted(nextTile, frame.tiles().count()));
    }
    ranges.clear(end - told);
  }

  /** Reads the OBU that starts here and says where it ends. */
  private int readObu(int end, SampleRanges ranges) {
    if (in.flag()) {
      throw in.malformed("obu_forbidden_bit is set");
    }
    int type = in.bits(4);
    boolean extended = in.flag();
    boolean sized = in.flag();
    in.skip(1);
    int temporalId = extended ? in.bits(3) : 0;
    int spatialId = extended ? in.bits(2) : 0;
    in.skip(extended ? 3 : 0);
    long size = sized ? in.leb128() : end - in.bytePosition();
    if (size > end - in.bytePosition()) {
      throw in.malformed("an OBU of %d bytes has %d left".formatted(size, end - in.bytePosition()));
    }
    int obuEnd = in.bytePosition() + (int) size;
    in.nameObu(name(type), obuEnd);
    switch (type) {
      case SEQUENCE_HEADER -> sequence = new Av1SequenceHeader(in);
      case TEMPORAL_DELIMITER -> nextTile = NO_FRAME;
      case FRAME_HEADER, REDUNDANT_FRAME_HEADER -> {
        if (nextTile == NO_FRAME) {
          nextTile = readHeader(temporalId, spatialId) ? 0 : NO_FRAME;
          in.trailingBits();
        }
      }
      case FRAME -> {
        if (nextTile != NO_FRAME || !readHeader(temporalId, spatialId)) {
          throw in.malformed("a frame OBU is not where a frame begins");
        }
        nextTile = 0;
        in.alignToByte();
        readTiles(obuEnd, ranges);
      }
      case TILE_GROUP -> readTiles(obuEnd, ranges);
      case TILE_LIST -> throw in.malformed("a sample may not hold one");
      default -> {} // metadata, padding and what is not defined yet
    }
    return obuEnd;
  }

  private boolean readHeader(int temporalId, int spatialId) {
    if (sequence == null) {
      throw in.malformed("there was no sequence header before");
    }
    return frame.read(in, sequence, temporalId, spatialId);
  }

  /**
   * Reads a tile group up to its end.
   *
   * @see "AV1 specification, 5.11.1 General tile group OBU syntax"
   */
  private void readTiles(int end, SampleRanges ranges) {
    if (nextTile == NO_FRAME) {
      throw in.malformed("its frame has no header, or has all tiles already");
    }
    Av1TileInfo tiles = frame.tiles();
    int first = 0;
    int last = tiles.count() - 1;
    if (tiles.count() > 1 && in.flag()) {
      first = in.bits(tiles.numberBits());
      last = in.bits(tiles.numberBits());
    }
    in.alignToByte();
    if (first != nextTile || last < first || last >= tiles.count()) {
      throw in.malformed(
          "tiles %d to %d of %d follow where tile %d is due"
              .formatted(first, last, tiles.count(), nextTile));
    }
    for (int tile = first; tile < last; tile++) {
      long size = in.littleEndian(tiles.sizeBytes()) + 1;
      tell(in.bytePosition(), size, end, ranges);
      in.skip(size * 8);
    }
    tell(in.bytePosition(), end - in.bytePosition(), end, ranges);
    nextTile = last + 1;
    if (nextTile == tiles.count()) {
      nextTile = NO_FRAME;
      frame.keep();
    }
  }

  private void tell(int from, long size, int end, SampleRanges ranges) {
    if (size < 1 || size > end - from) {
      throw in.malformed("a tile of %d bytes has %d left".formatted(size, end - from));
    }
    ranges.clear(from - told);
    ranges.protectable((int) size);
    told = from + (int) size;
  }

  private static String name(int type) {
    return switch (type) {
      case SEQUENCE_HEADER -> "sequence header";
      case TEMPORAL_DELIMITER -> "temporal delimiter";
      case FRAME_HEADER -> "frame header";
      case TILE_GROUP -> "tile group";
      case FRAME -> "frame";
      case REDUNDANT_FRAME_HEADER -> "redundant frame header";
      case TILE_LIST -> "tile list";
      default -> "type " + type;
    };
  }
}

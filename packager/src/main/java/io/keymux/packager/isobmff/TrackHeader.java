package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;

/** The fixed-size headers of a track and its media. */
final class TrackHeader {
  private TrackHeader() {}

  /**
   * {@code tkhd}.
   *
   * @see "ISO/IEC 14496-12, 8.3.2 Track Header Box"
   */
  record Tkhd(int trackId, Display display) {

    static Tkhd read(Box box) {
      BoxReader body = box.body();
      boolean wide = version(body, box) == 1;
      body.skip(wide ? 16 : 8);
      int trackId = positive(body, "track ID");
      int reservedAndDuration = 4 + (wide ? 8 : 4);
      int layerToVolume = 8 + 2 + 2 + 2 + 2;
      body.skip(reservedAndDuration + layerToVolume);
      return new Tkhd(trackId, Display.read(body));
    }
  }

  /**
   * {@code mdhd}.
   *
   * @param timescale ticks a second
   * @param languageCode three packed letters, or a QuickTime number below 0x400
   * @see "ISO/IEC 14496-12, 8.4.2 Media Header Box"
   */
  record Mdhd(int timescale, int languageCode) {

    static Mdhd read(Box box) {
      BoxReader body = box.body();
      boolean wide = version(body, box) == 1;
      body.skip(wide ? 16 : 8);
      int timescale = positive(body, "media timescale");
      body.skip(wide ? 8 : 4);
      return new Mdhd(timescale, body.u16());
    }
  }

  /**
   * Reads the timescale of {@code mvhd}.
   *
   * @see "ISO/IEC 14496-12, 8.2.2 Movie Header Box"
   */
  static int movieTimescale(Box mvhd) {
    BoxReader body = mvhd.body();
    body.skip(version(body, mvhd) == 1 ? 16 : 8);
    return positive(body, "movie timescale");
  }

  /**
   * Reads the handler type of {@code hdlr}.
   *
   * @see "ISO/IEC 14496-12, 8.4.3 Handler Reference Box"
   */
  static int handler(Box hdlr) {
    BoxReader body = hdlr.body();
    body.skip(8);
    return body.i32();
  }

  private static int version(BoxReader body, Box box) {
    int version = body.u8();
    if (version > 1) {
      throw new MalformedBoxException(
          box.offset(), "%s has unknown version %d".formatted(box.name(), version));
    }
    body.skip(3);
    return version;
  }

  private static int positive(BoxReader body, String what) {
    long at = body.offset();
    long value = body.u32();
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new MalformedBoxException(at, what + " " + value + " is out of range");
    }
    return (int) value;
  }
}

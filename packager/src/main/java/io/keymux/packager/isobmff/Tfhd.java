package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.SourcePart;
import java.util.Map;

/**
 * {@code tfhd} with the defaults of {@code trex} filled in.
 *
 * @param base what data offsets of the track fragment count from, in bytes from the source's start
 * @param entry sample entry, counted from 1
 * @param duration of a sample in ticks, unsigned
 * @param size of a sample in bytes, unsigned
 * @param flags of a sample
 * @param durationIsEmpty whether the fragment stands for time without samples
 * @see "ISO/IEC 14496-12, 8.8.7 Track Fragment Header Box"
 */
record Tfhd(
    int trackId, long base, int entry, int duration, int size, int flags, boolean durationIsEmpty) {

  /**
   * @param file that the fragment lies in: absolute offsets count from its start
   * @param moofOffset of the fragment in the source
   * @param dataEnd where the data of the track before ends; {@code moofOffset} for the first
   */
  static Tfhd read(
      Box box,
      Map<Integer, TrackExtends> defaults,
      SourcePart file,
      long moofOffset,
      long dataEnd) {
    BoxReader body = box.body();
    int flags = body.i32() & 0xffffff;
    int trackId = body.i32();
    TrackExtends trex = defaults.get(trackId);
    if (trex == null) {
      throw new MalformedBoxException(
          box.offset(),
          "fragment of track %d, for which moov has no trex"
              .formatted(Integer.toUnsignedLong(trackId)));
    }
    boolean baseIsMoof = (flags & 0x20000) != 0;
    long base = baseIsMoof ? moofOffset : dataEnd;
    if ((flags & 1) != 0) {
      base = body.u64("base data offset");
      if (base > Long.MAX_VALUE >> 2) {
        throw new MalformedBoxException(box.offset(), "base data offset " + base);
      }
      base += file.start();
    }
    return new Tfhd(
        trackId,
        base,
        (flags & 2) != 0 ? body.i32() : trex.entry(),
        (flags & 8) != 0 ? body.i32() : trex.duration(),
        (flags & 0x10) != 0 ? body.i32() : trex.size(),
        (flags & 0x20) != 0 ? body.i32() : trex.flags(),
        (flags & 0x10000) != 0);
  }
}

package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;

/**
 * {@code trex}: what holds for every fragment of a track that does not say otherwise.
 *
 * @param entry sample entry, counted from 1
 * @param duration of a sample in ticks, unsigned
 * @param size of a sample in bytes, unsigned
 * @param flags of a sample
 * @see "ISO/IEC 14496-12, 8.8.3 Track Extends Box"
 */
record TrackExtends(int trackId, int entry, int duration, int size, int flags) {

  static TrackExtends read(Box trex) {
    BoxReader body = trex.body();
    body.skip(4);
    return new TrackExtends(body.i32(), body.i32(), body.i32(), body.i32(), body.i32());
  }
}

package io.keymux.testvectors.corpus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * When the samples of a packaged track are shown.
 *
 * @param presentation in ticks of the track, edit list applied, in file order
 * @param end of the last sample's decoding, in ticks from the first's
 * @param shown duration of the edit list, in ticks; 0 if it does not shorten the track
 * @param sync sample numbers from 0
 */
record OutputTimes(List<Long> presentation, long end, long shown, List<Integer> sync) {

  /**
   * @param joined init segment and media segments
   */
  static OutputTimes of(byte[] joined) {
    OddBox file = OddBox.file(joined);
    long mediaTime = 0;
    long shown = 0;
    if (file.find("elst").isPresent()) {
      // Version 1, one entry.
      shown = file.at("elst").fields(8).getLong();
      mediaTime = file.at("elst").fields(16).getLong();
    }
    List<Long> presentation = new ArrayList<>();
    List<Integer> sync = new ArrayList<>();
    long time = 0;
    long begin = -1;
    for (OddBox moof : file.all("moof")) {
      time = moof.at("tfdt").fields(4).getLong();
      begin = begin < 0 ? time : begin;
      Defaults defaults = Defaults.of(moof.at("tfhd"));
      for (OddBox trun : moof.all("trun")) {
        ByteBuffer in = trun.fields(0);
        int flags = in.getInt();
        int count = in.getInt();
        skip(in, flags, 1);
        int first = (flags & 4) != 0 ? in.getInt() : defaults.flags();
        for (int i = 0; i < count; i++) {
          long duration = (flags & 0x100) != 0 ? in.getInt() : defaults.duration();
          skip(in, flags, 0x200);
          int own = (flags & 0x400) != 0 ? in.getInt() : i == 0 ? first : defaults.flags();
          int offset = (flags & 0x800) != 0 ? in.getInt() : 0;
          if ((own & 0x10000) == 0) {
            sync.add(presentation.size());
          }
          presentation.add(time + offset - mediaTime);
          time += duration;
        }
      }
    }
    return new OutputTimes(presentation, time - begin, shown, sync);
  }

  private static void skip(ByteBuffer in, int flags, int flag) {
    if ((flags & flag) != 0) {
      in.getInt();
    }
  }

  private record Defaults(long duration, int flags) {
    static Defaults of(OddBox tfhd) {
      ByteBuffer in = tfhd.fields(0);
      int flags = in.getInt();
      in.getInt();
      if ((flags & 1) != 0) {
        in.getLong();
      }
      skip(in, flags, 2);
      long duration = (flags & 8) != 0 ? in.getInt() : 0;
      skip(in, flags, 0x10);
      return new Defaults(duration, (flags & 0x20) != 0 ? in.getInt() : 0);
    }
  }
}

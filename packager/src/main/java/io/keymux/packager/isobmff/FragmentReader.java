package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.SourcePart;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Appends the samples of movie fragments to the tracks.
 *
 * @see "ISO/IEC 14496-12, 8.8 Movie Fragments"
 */
final class FragmentReader {
  private static final int NON_SYNC = 0x10000;

  /** No file is larger, and no live clock counts further. */
  private static final long MAX = Long.MAX_VALUE >> 2;

  private final MediaSource source;
  private final Map<Integer, TrackDraft> tracks;
  private final Map<Integer, TrackExtends> defaults;
  private final SampleBudget budget;

  FragmentReader(
      MediaSource source,
      Map<Integer, TrackDraft> tracks,
      Map<Integer, TrackExtends> defaults,
      SampleBudget budget) {
    this.source = source;
    this.tracks = tracks;
    this.defaults = defaults;
    this.budget = budget;
  }

  /** Reads one {@code moof}; its samples follow those of the one before. */
  void read(Box moof) {
    Children.Budget boxes = new Children.Budget();
    long dataEnd = moof.offset();
    SourcePart file = source.part(moof.offset());
    for (Box traf : Children.of(moof, "moof", boxes).all("traf")) {
      dataEnd = track(Children.of(traf, "moof/traf", boxes), file, moof.offset(), dataEnd);
    }
  }

  /** Returns the end of the track's data, where the next track's may begin. */
  private long track(Children traf, SourcePart file, long moofOffset, long dataEnd) {
    Box tfhd = traf.require("tfhd");
    Tfhd header = Tfhd.read(tfhd, defaults, file, moofOffset, dataEnd);
    TrackDraft track = tracks.get(header.trackId());
    if (track == null) {
      throw new MalformedBoxException(
          tfhd.offset(), "fragment of track %d, which moov lacks".formatted(header.trackId()));
    }
    SampleTableBuilder samples = track.samples();
    Optional<Box> tfdt = traf.find("tfdt");
    if (tfdt.isPresent()) {
      long time = decodeTime(tfdt.get());
      if (file.start() > 0 && samples.opensFile(file.start()) && !samples.goesOnAt(time)) {
        throw BadInput.notContiguous(file, header.trackId(), samples.end(), time);
      }
      samples.startAt(time, tfdt.get().offset());
    }
    if (header.durationIsEmpty()) {
      samples.skipTime(Integer.toUnsignedLong(header.duration()));
    }
    List<Box> runs = traf.all("trun");
    long at = header.base();
    int first = samples.count();
    int[] starts = new int[runs.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = samples.count();
      at = run(runs.get(i), header, file, at, track);
    }
    if (samples.count() > first) {
      track.describe(traf, header.entry(), header.base(), first, starts);
    }
    return at;
  }

  private static long decodeTime(Box tfdt) {
    BoxReader body = tfdt.body();
    boolean wide = body.u8() == 1;
    body.skip(3);
    long time = wide ? body.u64("decode time") : body.u32();
    if (time > MAX) {
      throw new MalformedBoxException(tfdt.offset(), "decode time " + time + " is out of range");
    }
    return time;
  }

  /**
   * Reads a {@code trun}.
   *
   * @param follows where its data begins if it does not say
   * @return where its data ends
   */
  private long run(Box trun, Tfhd header, SourcePart file, long follows, TrackDraft track) {
    BoxReader body = trun.body();
    int flags = body.i32() & 0xffffff;
    long count = body.u32();
    long at = (flags & 1) != 0 ? header.base() + body.i32() : follows;
    int firstFlags = (flags & 4) != 0 ? body.i32() : header.flags();
    boolean ownFirst = (flags & 4) != 0;
    boolean ownDuration = (flags & 0x100) != 0;
    boolean ownSize = (flags & 0x200) != 0;
    boolean ownFlags = (flags & 0x400) != 0;
    boolean ownOffset = (flags & 0x800) != 0;
    int row = 4 * Integer.bitCount(flags & 0xf00);
    if (count * row > body.remaining()) {
      throw body.malformed(
          "trun of %d samples does not fit in %d bytes".formatted(count, body.remaining()));
    }
    if (count == 0) {
      return at;
    }
    if (!ownSize && header.size() == 0 && count > 1) {
      throw body.malformed("trun of %d samples without a size".formatted(count));
    }
    track.useEntry(header.entry(), trun.offset());
    budget.take(count);
    SampleTableBuilder samples = track.samples();
    boolean several = file.size() != source.size();
    samples.reserve((int) count);
    for (int i = 0; i < count; i++) {
      long duration = Integer.toUnsignedLong(ownDuration ? body.i32() : header.duration());
      int size = ownSize ? body.i32() : header.size();
      int sampleFlags = ownFlags ? body.i32() : header.flags();
      if (i == 0 && ownFirst) {
        sampleFlags = firstFlags;
      }
      int compositionOffset = ownOffset ? body.i32() : 0;
      if (size < 0 || at < 0 || at > MAX) {
        throw new MalformedBoxException(
            trun.offset(),
            "sample of %d bytes at byte offset %d".formatted(Integer.toUnsignedLong(size), at));
      }
      if (several && (at < file.start() || at + size > file.end())) {
        throw BadInput.sampleTruncated(file, header.trackId(), samples.count() + 1, at, size);
      }
      samples.add(at, size, duration, compositionOffset, (sampleFlags & NON_SYNC) == 0);
      at += size;
    }
    return at;
  }
}

package io.keymux.packager.live;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.InitTrack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the chunks and samples of a clear media segment. Reused from segment to segment: it keeps
 * its memory.
 *
 * @see "ISO/IEC 14496-12, 8.8 Movie Fragments and 8.16.2 Segment Type Box"
 */
final class SegmentScan {
  private static final int MOOF = FourCc.of("moof");
  private static final int MDAT = FourCc.of("mdat");
  private static final int SIDX = FourCc.of("sidx");
  private static final int MOOV = FourCc.of("moov");
  private static final int TRAF = FourCc.of("traf");
  private static final int TFHD = FourCc.of("tfhd");
  private static final int TFDT = FourCc.of("tfdt");
  private static final int TRUN = FourCc.of("trun");
  private static final int SENC = FourCc.of("senc");
  private static final int SAIZ = FourCc.of("saiz");
  private static final int MAX_SAMPLES = 1_000_000;

  private final List<InitTrack> tracks;
  private final SegmentBoxes boxes = new SegmentBoxes();
  private final List<Chunk> chunks = new ArrayList<>();
  private int chunkCount;
  private int sampleCount;

  /** Where each {@code sidx} begins. */
  private int[] indexes = new int[4];

  private int indexCount;

  private final ChunkMedia media = new ChunkMedia();

  SegmentScan(List<InitTrack> tracks) {
    this.tracks = List.copyOf(tracks);
  }

  SegmentBoxes boxes() {
    return boxes;
  }

  int chunks() {
    return chunkCount;
  }

  Chunk chunk(int index) {
    return chunks.get(index);
  }

  int indexes() {
    return indexCount;
  }

  int index(int number) {
    return indexes[number];
  }

  /**
   * Reads the boxes from {@code from} up to {@code to}.
   *
   * @throws io.keymux.cpix.DrmException with code {@code malformed-mp4} if they contradict each
   *     other, {@code segment-unsupported} if this is no clear CMAF segment of these tracks
   */
  void read(byte[] bytes, int from, int to) {
    boxes.reset(bytes, from, to);
    chunkCount = 0;
    sampleCount = 0;
    indexCount = 0;
    media.reset();
    int end;
    for (int box = from; box < to; box = end) {
      end = boxes.end(box, to);
      int type = boxes.type(box);
      if (type == MOOF) {
        finishChunk(box);
        moof(box, end);
      } else if (type == MDAT) {
        media.addData(boxes.body(box), end);
      } else if (type == SIDX) {
        indexes = indexCount == indexes.length ? Arrays.copyOf(indexes, indexCount * 2) : indexes;
        indexes[indexCount++] = box;
      } else if (type == MOOV) {
        throw boxes.unsupported(box, "it holds a moov", "Give the init segment apart.");
      }
    }
    finishChunk(to);
    if (chunkCount == 0) {
      throw boxes.malformed(from, "a segment without moof");
    }
  }

  /** Of all samples of a track, in ticks. */
  long duration(int track) {
    long ticks = 0;
    for (int c = 0; c < chunkCount; c++) {
      Chunk chunk = chunks.get(c);
      for (int f = 0; f < chunk.fragments(); f++) {
        ticks += chunk.fragment(f).track == track ? chunk.fragment(f).duration : 0;
      }
    }
    return ticks;
  }

  private void moof(int start, int end) {
    if (chunkCount == chunks.size()) {
      chunks.add(new Chunk());
    }
    Chunk chunk = chunks.get(chunkCount++);
    chunk.reset(start, end);
    media.reset();
    int dataEnd = start;
    int next;
    for (int box = boxes.body(start); box < end; box = next) {
      next = boxes.end(box, end);
      if (boxes.type(box) == TRAF) {
        dataEnd = traf(chunk, chunk.append(box, next), dataEnd);
      }
    }
    if (chunk.fragments() == 0) {
      throw boxes.malformed(start, "moof without traf");
    }
  }

  /** Returns where its data ends. */
  private int traf(Chunk chunk, TrackFragment fragment, int dataEnd) {
    int at = dataEnd;
    int next;
    for (int box = boxes.body(fragment.start); box < fragment.end; box = next) {
      next = boxes.end(box, fragment.end);
      int type = boxes.type(box);
      if (type == TFHD) {
        tfhd(fragment, box, next);
        boolean fromMoof = (boxes.u32(boxes.body(box)) & 0x20000) != 0;
        if (!fromMoof && chunk.fragments() > 1) {
          throw offsets(box);
        }
      } else if (type == TFDT) {
        fragment.decodeTime = decodeTime(box, next);
      } else if (type == TRUN) {
        if (fragment.tfhd < 0) {
          throw boxes.malformed(box, "trun before tfhd");
        }
        at = trun(fragment, box, next, chunk.moof, at);
      } else if (type == SENC || type == SAIZ) {
        throw boxes.unsupported(box, "its samples are encrypted", "Give the clear segment.");
      }
    }
    if (fragment.tfhd < 0 || fragment.decodeTime < 0) {
      throw boxes.malformed(fragment.start, "traf without tfhd or tfdt");
    }
    return at;
  }

  private void tfhd(TrackFragment fragment, int box, int end) {
    boxes.require(box, end, 8);
    int body = boxes.body(box);
    int flags = boxes.u32(body);
    boxes.require(box, end, 8 + 4 * Integer.bitCount(flags & 0x3a) + 8 * (flags & 1));
    if (fragment.tfhd >= 0) {
      throw boxes.malformed(box, "a second tfhd");
    }
    if ((flags & 1) != 0) {
      throw offsets(box);
    }
    fragment.tfhd = box;
    int trackId = boxes.u32(body + 4);
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).trackId() == trackId) {
        fragment.track = i;
      }
    }
    if (fragment.track < 0) {
      throw boxes.unsupported(
          box,
          "track %d is not one of the init segment".formatted(trackId),
          "Open the encryptor with the init segment of this stream.");
    }
    InitTrack track = tracks.get(fragment.track);
    fragment.entry = (flags & 2) != 0 ? boxes.u32(body + 8) : track.entryIndex();
    if (fragment.entry != track.entryIndex()) {
      throw boxes.unsupported(
          box,
          "sample entry %d where the init segment has %d"
              .formatted(fragment.entry, track.entryIndex()),
          "Open another encryptor where the codec's description changes.");
    }
  }

  private DrmException offsets(int tfhd) {
    return boxes.unsupported(
        tfhd,
        "offsets of tfhd do not count from the moof",
        "Write CMAF: with ffmpeg, -movflags +cmaf or +default_base_moof.");
  }

  private long decodeTime(int box, int end) {
    boxes.require(box, end, 8);
    int body = boxes.body(box);
    boolean wide = bytesOfVersion(body) == 1;
    boxes.require(box, end, wide ? 12 : 8);
    long time = wide ? boxes.u64(body + 4) : Integer.toUnsignedLong(boxes.u32(body + 4));
    if (time < 0 || time > Long.MAX_VALUE >> 2) {
      throw boxes.malformed(box, "decode time " + time + " is out of range");
    }
    return time;
  }

  private int bytesOfVersion(int body) {
    return boxes.u32(body) >>> 24;
  }

  /** Returns where its data ends. */
  private int trun(TrackFragment fragment, int box, int end, int base, int follows) {
    boxes.require(box, end, 8);
    int body = boxes.body(box);
    int flags = boxes.u32(body) & 0xffffff;
    int row = 4 * Integer.bitCount(flags & 0xf00);
    int header = 8 + 4 * Integer.bitCount(flags & 0x5);
    boxes.require(box, end, header);
    long count = Integer.toUnsignedLong(boxes.u32(body + 4));
    sampleCount += (int) Math.min(count, MAX_SAMPLES + 1);
    if (sampleCount > MAX_SAMPLES || count * row > end - body - header) {
      throw boxes.malformed(box, "trun of %d samples".formatted(count));
    }
    long at = (flags & 1) != 0 ? (long) base + boxes.u32(body + 8) : follows;
    long first = at;
    int defaults = boxes.body(fragment.tfhd);
    int tfhdFlags = boxes.u32(defaults);
    InitTrack track = tracks.get(fragment.track);
    int field = defaults + 8 + 2 * (tfhdFlags & 2);
    int duration = (tfhdFlags & 8) != 0 ? boxes.u32(field) : track.defaultDuration();
    field += (tfhdFlags & 8) != 0 ? 4 : 0;
    int size = (tfhdFlags & 0x10) != 0 ? boxes.u32(field) : track.defaultSize();
    int entry = body + header;
    for (int i = 0; i < count; i++) {
      int ticks = (flags & 0x100) != 0 ? boxes.u32(entry) : duration;
      int sizeAt = entry + ((flags & 0x100) != 0 ? 4 : 0);
      int bytes = (flags & 0x200) != 0 ? boxes.u32(sizeAt) : size;
      int composition = (flags & 0x800) != 0 ? boxes.u32(entry + row - 4) : 0;
      if (bytes < 0 || !boxes.holds(at, at + bytes)) {
        throw boxes.malformed(box, "sample %d leaves the segment".formatted(i));
      }
      fragment.add((int) at, bytes, Integer.toUnsignedLong(ticks), composition);
      at += bytes;
      entry += row;
    }
    if (at > first) {
      media.addRun(first, at);
    }
    return (int) at;
  }

  private void finishChunk(int end) {
    if (chunkCount > 0) {
      Chunk chunk = chunks.get(chunkCount - 1);
      chunk.end = end;
      media.requireApart(boxes, chunk);
    }
  }
}

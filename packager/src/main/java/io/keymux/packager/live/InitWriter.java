package io.keymux.packager.live;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.packager.isobmff.InitTrack;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.write.ProtectedSampleEntry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a protected initialization segment of a clear one: sample entries change, {@code pssh}
 * boxes are added, all else stays as it is.
 *
 * @see "ISO/IEC 14496-12, 8.12 Support for Protected Streams"
 */
final class InitWriter {
  private final List<LiveTrack> tracks;
  private final List<@Nullable TrackEncryption> encryptions;
  private final boolean partlyClear;
  private final BoxWriter out = new BoxWriter(2048);

  private InitWriter(
      List<LiveTrack> tracks, List<@Nullable TrackEncryption> encryptions, boolean partlyClear) {
    this.tracks = tracks;
    this.encryptions = encryptions;
    this.partlyClear = partlyClear;
  }

  /**
   * @param encryptions of each track; null where it stays clear
   * @param partlyClear whether protected tracks get a second, clear sample entry, the last one
   */
  static byte[] write(
      byte[] init,
      List<LiveTrack> tracks,
      List<@Nullable TrackEncryption> encryptions,
      boolean partlyClear) {
    InitWriter writer = new InitWriter(tracks, encryptions, partlyClear);
    writer.children(new BoxReader(init, 0), -1);
    return writer.out.toByteArray();
  }

  /**
   * @param track index of the one that the boxes are about, or -1
   */
  private void children(BoxReader boxes, int track) {
    while (boxes.hasRemaining()) {
      Box box = boxes.box();
      switch (box.name()) {
        case "moov" ->
            out.box(
                box.type(),
                () -> {
                  children(box.body(), -1);
                  pssh().forEach(pssh -> out.bytes(pssh.toArray()));
                });
        case "trak" -> out.box(box.type(), () -> children(box.body(), indexOf(box)));
        case "mdia", "minf", "stbl" -> out.box(box.type(), () -> children(box.body(), track));
        case "stsd" -> {
          TrackEncryption encryption = track < 0 ? null : encryptions.get(track);
          if (encryption == null) {
            out.bytes(box.toBytes());
          } else {
            out.box(box.type(), () -> entries(box.body(), tracks.get(track).init(), encryption));
          }
        }
        default -> out.bytes(box.toBytes());
      }
    }
  }

  /** Which track a {@code trak} is; -1 for one that is no media. */
  private int indexOf(Box trak) {
    BoxReader boxes = new BoxReader(trak.toBytes(), trak.offset()).box().body();
    while (boxes.hasRemaining()) {
      Box box = boxes.box();
      if (box.name().equals("tkhd")) {
        box.body().skip(box.body().i32() >>> 24 == 1 ? 16 : 8);
        int trackId = box.body().i32();
        for (int i = 0; i < tracks.size(); i++) {
          if (tracks.get(i).init().trackId() == trackId) {
            return i;
          }
        }
      }
    }
    return -1;
  }

  private void entries(BoxReader stsd, InitTrack track, TrackEncryption encryption) {
    out.u32(stsd.u32());
    long count = stsd.u32();
    out.u32(count + (partlyClear ? 1 : 0));
    byte[] clear = track.entry().box().toArray();
    for (int entry = 1; entry <= count; entry++) {
      Box box = stsd.box();
      if (entry == track.entryIndex()) {
        ProtectedSampleEntry.write(out, track.type(), track.entry().format(), clear, encryption);
      } else {
        out.bytes(box.toBytes());
      }
    }
    if (partlyClear) {
      out.bytes(clear);
    }
  }

  /** Equal boxes of different keys appear once. */
  private Set<Bytes> pssh() {
    Set<Bytes> pssh = new LinkedHashSet<>();
    for (TrackEncryption encryption : encryptions) {
      if (encryption != null) {
        pssh.addAll(encryption.pssh());
      }
    }
    return pssh;
  }
}

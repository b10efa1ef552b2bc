package io.keymux.packager.verify;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.codec.CodecReader;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.isobmff.SampleEntry;
import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackBoxes.Protection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one sample entry with its {@code sinf}. Not thread-safe; one use. */
final class SampleEntryBoxes {
  private static final int HEADER = 8;
  private static final int VISUAL_FIELDS = 78;
  private static final int AUDIO_FIELDS = 28;

  private final List<SampleEntry.Child> children = new ArrayList<>();
  private String format;
  private String scheme = "";
  private @Nullable Protection tenc;

  private SampleEntryBoxes(String format) {
    this.format = format;
  }

  /**
   * @param handler of the track, which tells the fields in front of the child boxes
   */
  static Entry read(BoxReader.Box entry, String handler) {
    SampleEntryBoxes boxes = new SampleEntryBoxes(entry.name());
    BoxReader body = entry.body();
    int width = 0;
    int height = 0;
    int channels = 0;
    long sampleRate = 0;
    int fields = 0;
    if (handler.equals("vide")) {
      fields = VISUAL_FIELDS;
      body.skip(24);
      width = body.u16();
      height = body.u16();
      body.skip(VISUAL_FIELDS - 28);
    } else if (handler.equals("soun")) {
      fields = AUDIO_FIELDS;
      body.skip(16);
      channels = body.u16();
      body.skip(6);
      sampleRate = body.u32() >>> 16;
    } else {
      body.skip(body.remaining());
    }
    while (body.remaining() >= HEADER) {
      boxes.child(body.box());
    }
    SampleEntry clear =
        new SampleEntry(
            boxes.format,
            Bytes.copyOf(entry.toBytes()),
            HEADER + fields,
            boxes.children,
            width,
            height,
            channels,
            (int) sampleRate);
    return new Entry(clear, codec(clear, handler), boxes.protection());
  }

  private static @Nullable TrackCodec codec(SampleEntry clear, String handler) {
    try {
      return switch (handler) {
        case "vide" -> CodecReader.read(clear, TrackType.VIDEO);
        case "soun" -> CodecReader.read(clear, TrackType.AUDIO);
        default -> null;
      };
    } catch (DrmException e) {
      // One that is not packaged here: its boxes are verified, its samples are not looked into.
      return null;
    }
  }

  private @Nullable Protection protection() {
    Protection found = tenc;
    return found == null ? null : found.in(scheme);
  }

  private void child(BoxReader.Box box) {
    BoxReader body = box.body();
    if (box.name().equals("sinf")) {
      sinf(body);
    } else {
      byte[] payload = body.bytes(body.remaining(), box.name());
      children.add(new SampleEntry.Child(box.name(), Bytes.copyOf(payload)));
    }
  }

  private void sinf(BoxReader in) {
    while (in.remaining() >= HEADER) {
      BoxReader.Box box = in.box();
      BoxReader body = box.body();
      switch (box.name()) {
        case "schi" -> sinf(body);
        case "frma" -> format = FourCc.name(body.i32());
        case "schm" -> {
          body.skip(4);
          scheme = FourCc.name(body.i32());
        }
        case "tenc" -> tenc = tenc(body);
        default -> {}
      }
    }
  }

  private static Protection tenc(BoxReader in) {
    long version = in.u32() >>> 24;
    in.skip(1);
    int pattern = in.u8();
    boolean isProtected = in.u8() == 1;
    int ivSize = in.u8();
    KeyId keyId = KeyId.ofBytes(in.bytes(KeyId.SIZE_BYTES, "default_KID"));
    Bytes constantIv = null;
    if (isProtected && ivSize == 0) {
      constantIv = Bytes.copyOf(in.bytes(in.u8(), "constant IV"));
    }
    return new Protection(
        "",
        isProtected,
        ivSize,
        keyId,
        version == 0 ? 0 : pattern >>> 4,
        version == 0 ? 0 : pattern & 0xf,
        constantIv);
  }
}

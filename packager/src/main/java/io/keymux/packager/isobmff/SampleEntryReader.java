package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.SampleEntry.Child;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a sample entry of any codec by its media type alone, and writes it back in the plain ISO
 * form: 32-bit size, data reference 1, no closing zero word, no QuickTime sound extension. That of
 * samples in Common Encryption becomes what it was before.
 *
 * @see "ISO/IEC 14496-12, 8.5.2 Sample Description Box and 12.1.3, 12.2.3, 12.5.3"
 */
final class SampleEntryReader {
  private static final int HEADER = 8;

  /** Codec configurations that QuickTime hides one level deeper, in {@code wave}. */
  private static final Set<String> SOUND_CONFIGURATIONS =
      Set.of("esds", "alac", "dac3", "dec3", "dOps", "dfLa");

  private final Box box;
  private final boolean quickTimeSound;
  private final Children.Budget budget;
  private final BoxWriter fields = new BoxWriter();
  private int width;
  private int height;
  private int channels;
  private int sampleRate;
  private Optional<SchemeInformation> scheme = Optional.empty();

  /**
   * @param stsdVersion 0 if version 1 and 2 of an audio entry are QuickTime's, 1 if ISO's
   */
  SampleEntryReader(Box box, int stsdVersion, Children.Budget budget) {
    this.box = box;
    this.quickTimeSound = stsdVersion == 0;
    this.budget = budget;
  }

  /** The index into {@code dref} of an entry, counted from 1. Does not move in the entry. */
  static int dataReference(Box entry) {
    BoxReader all = new BoxReader(entry.toBytes(), entry.offset());
    BoxReader body = all.box().body();
    body.skip(6);
    return body.u16();
  }

  SampleEntry read(TrackType type) {
    BoxReader body = box.body();
    body.skip(8);
    fields.zeros(6).u16(1);
    List<Box> boxes =
        switch (type) {
          case VIDEO -> video(body);
          case AUDIO -> audio(body);
          case TEXT -> text(body);
        };
    return entry(decrypted(boxes));
  }

  private SampleEntry entry(List<Box> clear) {
    int format = scheme.map(SchemeInformation::format).orElse(box.type());
    BoxWriter out = new BoxWriter();
    byte[] fixed = fields.toByteArray();
    out.box(
        format,
        () -> {
          out.bytes(fixed);
          // Not as it stands: a size of 0 would swallow what is appended.
          clear.forEach(child -> out.box(child.type(), () -> out.bytes(payload(child))));
        });
    return new SampleEntry(
        FourCc.name(format),
        Bytes.copyOf(out.toByteArray()),
        HEADER + fixed.length,
        clear.stream().map(SampleEntryReader::child).toList(),
        width,
        height,
        channels,
        sampleRate);
  }

  /** How samples are encrypted; empty if they are clear, or not by Common Encryption. */
  Optional<SchemeInformation> scheme() {
    return scheme;
  }

  /**
   * The boxes without {@code sinf}. An entry can name several schemes; the first that is known is
   * the one that is read. In a clear entry it was left behind by who decrypted the file.
   */
  private List<Box> decrypted(List<Box> boxes) {
    boolean encrypted = box.name().equals("encv") || box.name().equals("enca");
    List<Box> rest = new ArrayList<>();
    for (Box child : boxes) {
      if (!child.name().equals("sinf")) {
        rest.add(child);
      } else if (encrypted && scheme.isEmpty()) {
        scheme = SchemeInformation.read(child, budget);
      }
    }
    return rest;
  }

  private static Child child(Box box) {
    return new Child(box.name(), Bytes.copyOf(payload(box)));
  }

  /** What follows the header. */
  private static byte[] payload(Box box) {
    int size = box.body().remaining();
    byte[] whole = box.toBytes();
    return Arrays.copyOfRange(whole, whole.length - size, whole.length);
  }

  private List<Box> video(BoxReader body) {
    fields.bytes(body.bytes(16, "visual sample entry"));
    width = body.u16();
    height = body.u16();
    fields.u16(width).u16(height).bytes(body.bytes(50, "visual sample entry"));
    return Children.read(body, budget);
  }

  private List<Box> audio(BoxReader body) {
    int version = body.u16();
    body.skip(6);
    channels = body.u16();
    int sampleBits = body.u16();
    body.skip(4);
    sampleRate = (int) (body.u32() >> 16);
    if (version > 0 && quickTimeSound) {
      soundExtension(version, body);
    }
    List<Box> boxes = Children.read(body, budget);
    if (version > 0) {
      boxes = quickTimeSound ? unwrapWave(boxes) : takeSamplingRate(boxes);
    }
    fields.zeros(8).u16(channels).u16(sampleBits).zeros(4).u32(rateField());
    return boxes;
  }

  /** 16.16 bits; a rate that does not fit is written as 0 and left to the codec configuration. */
  private long rateField() {
    return sampleRate <= 0xffff ? (long) sampleRate << 16 : 0;
  }

  /**
   * Reads the rest of a version 1 or 2 sound description.
   *
   * @see "QuickTime File Format Specification, Sound Sample Description (Version 1, 2)"
   */
  private void soundExtension(int version, BoxReader body) {
    if (version == 1) {
      body.skip(16);
      return;
    }
    body.skip(4);
    double rate = Double.longBitsToDouble(body.i64());
    sampleRate = rate >= 0 && rate <= Integer.MAX_VALUE ? (int) Math.round(rate) : 0;
    long count = body.u32();
    channels = count <= 0xffff ? (int) count : 0;
    body.skip(20);
  }

  private List<Box> unwrapWave(List<Box> boxes) {
    List<Box> flat = new ArrayList<>();
    for (Box child : boxes) {
      if (child.name().equals("wave")) {
        for (Box inner : Children.read(child.body(), budget)) {
          if (SOUND_CONFIGURATIONS.contains(inner.name())) {
            flat.add(inner);
          }
        }
      } else {
        flat.add(child);
      }
    }
    return flat;
  }

  /** {@code srat} holds the rate of a version 1 entry and has no place in version 0. */
  private List<Box> takeSamplingRate(List<Box> boxes) {
    List<Box> rest = new ArrayList<>();
    for (Box child : boxes) {
      if (child.name().equals("srat")) {
        child.body().skip(4);
        long rate = child.body().u32();
        sampleRate = rate <= Integer.MAX_VALUE ? (int) rate : 0;
      } else {
        rest.add(child);
      }
    }
    return rest;
  }

  private List<Box> text(BoxReader body) {
    int fixed =
        switch (FourCc.name(box.type())) {
          case "wvtt" -> 0;
          case "stpp" -> strings(body, 3);
          case "sbtt", "stxt" -> strings(body, 2);
          case "tx3g" -> 30;
          // Others, such as QuickTime text, are carried whole.
          default -> body.remaining();
        };
    fields.bytes(body.bytes(fixed, "text sample entry"));
    return Children.read(body, budget);
  }

  /** Writes strings to the fields; nothing is left for the caller to copy. */
  private int strings(BoxReader body, int count) {
    for (int i = 0; i < count; i++) {
      int before = body.remaining();
      byte[] text = body.string().getBytes(StandardCharsets.UTF_8);
      if (before == body.remaining()) {
        throw body.malformed("a string is missing in " + box.name());
      }
      fields.bytes(text).u8(0);
    }
    return 0;
  }
}

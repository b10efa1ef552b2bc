package io.keymux.packager.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cue as a sample holds it.
 *
 * @param source the number that pieces of one cue share, or null if the cue is whole
 * @param time of the cue's own clock at the start of the sample, or empty if the text holds no
 *     times
 * @param rest boxes that are not read here, one behind the other
 * @see "ISO/IEC 14496-30, 7.4 and 7.5: VTTCueBox and its children"
 */
record Vttc(
    @Nullable Integer source,
    String id,
    String time,
    String settings,
    String text,
    List<byte[]> rest) {
  private static final int CUE = FourCc.of("vttc");
  private static final byte[] EMPTY =
      new BoxWriter().box(FourCc.of("vtte"), () -> {}).toByteArray();

  Vttc {
    rest = List.copyOf(rest);
  }

  /** A sample in which no cue is shown. */
  static byte[] emptySample() {
    return EMPTY.clone();
  }

  static byte[] sample(List<Vttc> cues) {
    if (cues.isEmpty()) {
      return emptySample();
    }
    BoxWriter out = new BoxWriter();
    cues.forEach(cue -> cue.write(out));
    return out.toByteArray();
  }

  /**
   * The cues of a sample, in order; comments between them are passed over.
   *
   * @throws io.keymux.cpix.box.MalformedBoxException if its boxes are damaged
   */
  static List<Vttc> read(byte[] sample) {
    List<Vttc> cues = new ArrayList<>();
    BoxReader reader = new BoxReader(sample, 0);
    while (reader.hasRemaining()) {
      BoxReader.Box box = reader.box();
      if (box.type() == CUE) {
        cues.add(read(box.body()));
      }
    }
    return cues;
  }

  private static Vttc read(BoxReader body) {
    Integer source = null;
    String id = "";
    String time = "";
    String settings = "";
    String text = "";
    List<byte[]> rest = new ArrayList<>();
    while (body.hasRemaining()) {
      BoxReader.Box child = body.box();
      switch (child.name()) {
        case "vsid" -> source = child.body().i32();
        case "iden" -> id = string(child);
        case "ctim" -> time = string(child);
        case "sttg" -> settings = string(child);
        case "payl" -> text = string(child);
        default -> rest.add(child.toBytes());
      }
    }
    return new Vttc(source, id, time, settings, text, rest);
  }

  /** A string that fills its box; some writers end it with a zero. */
  private static String string(BoxReader.Box box) {
    byte[] bytes = box.body().bytes(box.body().remaining(), "string");
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, UTF_8);
  }

  private void write(BoxWriter out) {
    out.box(
        CUE,
        () -> {
          if (source != null) {
            out.box(FourCc.of("vsid"), () -> out.u32(source));
          }
          string(out, "iden", id);
          string(out, "ctim", time);
          string(out, "sttg", settings);
          out.box(FourCc.of("payl"), () -> out.bytes(text.getBytes(UTF_8)));
          rest.forEach(out::bytes);
        });
  }

  private static void string(BoxWriter out, String type, String value) {
    if (!value.isEmpty()) {
      out.box(FourCc.of(type), () -> out.bytes(value.getBytes(UTF_8)));
    }
  }

  Vttc from(int sourceId) {
    return new Vttc(sourceId, id, time, settings, text, rest);
  }

  /** As the sample holds it that starts so much later. */
  Vttc later(long millis) {
    long at = VttTime.parse(time);
    String moved = at < 0 ? time : VttTime.format(at + millis);
    return new Vttc(source, id, moved, settings, text, rest);
  }
}

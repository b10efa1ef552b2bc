package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import java.nio.charset.StandardCharsets;

/**
 * An event that a fragmented input carries beside its samples.
 *
 * @param schemeIdUri what kind of event it is: {@code urn:scte:scte35:2013:bin}
 * @param value as the scheme says; may be empty
 * @param timescale ticks a second of {@code time} and {@code duration}, at least 1
 * @param time of presentation, edit list applied
 * @param duration 0xffffffff if it is not known
 * @param id equal for repetitions of one event
 * @see "ISO/IEC 23009-1, 5.10.3.3 Event message box"
 */
public record EventMessage(
    String schemeIdUri,
    String value,
    long timescale,
    long time,
    long duration,
    long id,
    Bytes data) {

  /** The same at another time. */
  public EventMessage at(long newTime) {
    return new EventMessage(schemeIdUri, value, timescale, newTime, duration, id, data);
  }

  /** The time in ticks of another timescale, rounded down. */
  public long time(long otherTimescale) {
    return convert(time, timescale, otherTimescale);
  }

  /** Ticks of one timescale in another, rounded down; in steps that cannot overflow. */
  public static long convert(long ticks, long from, long to) {
    return Math.floorDiv(ticks, from) * to + Math.floorMod(ticks, from) * to / from;
  }

  /** Writes version 1, whose time is absolute. */
  public void write(BoxWriter out) {
    out.fullBox(
        FourCc.of("emsg"),
        1,
        0,
        () -> {
          out.u32(timescale).u64(Math.max(0, time)).u32(duration).u32(id);
          out.bytes(schemeIdUri.getBytes(StandardCharsets.UTF_8)).u8(0);
          out.bytes(value.getBytes(StandardCharsets.UTF_8)).u8(0);
          out.bytes(data.toArray());
        });
  }
}

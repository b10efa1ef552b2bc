package io.keymux.packager.verify.ts;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the segments of one rendition of a transport stream in order, and says what is wrong with
 * them: each must hold its own PAT and PMT, and counters and clock must go on from one to the next.
 * Memory is bounded by the largest PES packet.
 *
 * @see "ISO/IEC 13818-1, 2.4.3; RFC 8216, 3.2 MPEG-2 Transport Streams"
 */
public final class TsReader {
  private static final int PACKET_BYTES = 188;
  private static final int SYNC = 0x47;
  private static final int NULL_PID = 0x1fff;

  /** Tables of other kinds, such as the service description of DVB. */
  private static final int LAST_TABLE_PID = 0x1f;

  private static final int NO_COUNTER = -1;

  private final TsProblems problems;
  private final PesConsumer consumer;
  private final ProgramTables tables;
  private final ClockCheck clock;
  private final Map<Integer, PesAssembly> streams = new LinkedHashMap<>();
  private final Map<Integer, Integer> tableCounters = new LinkedHashMap<>();
  private final byte[] packet = new byte[PACKET_BYTES];
  private int filled;
  private long number;
  private boolean lost;
  private String file = "";

  public TsReader(TsProblems problems, PesConsumer consumer) {
    this.problems = problems;
    this.consumer = consumer;
    this.tables = new ProgramTables(problems);
    this.clock = new ClockCheck(problems);
  }

  /**
   * Begins a segment.
   *
   * @param name for messages
   * @param discontinuity whether counters and clock begin anew, as EXT-X-DISCONTINUITY says
   */
  public void begin(String name, boolean discontinuity) {
    file = name;
    filled = 0;
    number = 0;
    lost = false;
    tables.clear();
    if (discontinuity) {
      clock.discontinuity();
      streams.clear();
      tableCounters.clear();
    }
  }

  /** Takes the next bytes of the segment. */
  public void read(byte[] data, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end && !lost) {
      int take = Math.min(end - at, PACKET_BYTES - filled);
      System.arraycopy(data, at, packet, filled, take);
      filled += take;
      at += take;
      if (filled == PACKET_BYTES) {
        filled = 0;
        packet();
        number++;
      }
    }
  }

  /** Ends the segment. */
  public void end() {
    if (filled > 0 && !lost) {
      problems.problem("ts-truncated", place(), "the file ends with " + filled + " bytes of it");
    }
    if (tables.streams().isEmpty() && !lost) {
      problems.problem("ts-no-tables", file, "no PMT with streams");
    }
    for (TsStream stream : tables.streams().values()) {
      finish(stream);
    }
    streams.forEach((pid, assembly) -> lostPes(assembly));
  }

  private void packet() {
    if ((packet[0] & 0xff) != SYNC) {
      problems.problem("ts-sync-lost", place(), "no sync byte");
      lost = true;
      return;
    }
    int pid = ((packet[1] & 0x1f) << 8) | (packet[2] & 0xff);
    boolean start = (packet[1] & 0x40) != 0;
    boolean hasField = (packet[3] & 0x20) != 0;
    boolean hasPayload = (packet[3] & 0x10) != 0;
    if (pid == NULL_PID || (pid > 0 && pid <= LAST_TABLE_PID)) {
      return;
    }
    if ((packet[1] & 0x80) != 0 || (packet[3] & 0xc0) != 0 || !(hasField || hasPayload)) {
      problems.problem("ts-packet-malformed", place(), "error, scrambling or no content");
      return;
    }
    int payload = 4;
    int flags = 0;
    if (hasField) {
      int length = packet[4] & 0xff;
      payload += 1 + length;
      if (payload > PACKET_BYTES || (payload == PACKET_BYTES) == hasPayload) {
        problems.problem("ts-packet-malformed", place(), "adaptation field of " + length);
        return;
      }
      flags = length > 0 ? packet[5] & 0xff : 0;
      if ((flags & 0x10) != 0 && length < 7) {
        problems.problem("ts-packet-malformed", place(), "a PCR in " + length + " bytes");
        return;
      }
    }
    content(pid, start, hasPayload, flags, payload);
  }

  private void content(int pid, boolean start, boolean hasPayload, int flags, int payload) {
    int counter = packet[3] & 0xf;
    boolean announced = (flags & 0x80) != 0;
    if (pid == 0 || pid == tables.mapPid()) {
      int last = tableCounters.getOrDefault(pid, NO_COUNTER);
      checkCounter(last, counter, hasPayload, announced);
      tableCounters.put(pid, counter);
      if (start && hasPayload && pid == 0) {
        tables.association(place(), packet, payload, PACKET_BYTES);
      } else if (start && hasPayload) {
        tables.map(place(), packet, payload, PACKET_BYTES);
      }
      return;
    }
    TsStream stream = tables.streams().get(pid);
    if (stream == null) {
      problems.problem("ts-unknown-pid", place(), "PID " + pid + " before a PMT that names it");
      return;
    }
    PesAssembly assembly = streams.computeIfAbsent(pid, p -> new PesAssembly(problems));
    checkCounter(assembly.counter, counter, hasPayload, announced);
    assembly.counter = counter;
    if (hasPayload && start) {
      finish(stream);
    }
    if (pid == tables.clockPid() && (flags & 0x10) != 0) {
      clock.pcr(place(), pcr());
    }
    if (hasPayload && start) {
      assembly.begin(place(), (flags & 0x40) != 0);
    }
    if (hasPayload && assembly.isOpen()) {
      assembly.add(packet, payload, PACKET_BYTES - payload);
    } else if (hasPayload) {
      problems.problem("ts-pes-malformed", place(), "payload before the first PES packet");
    }
  }

  private void checkCounter(int last, int counter, boolean hasPayload, boolean announced) {
    int expected = hasPayload ? (last + 1) & 0xf : last;
    if (last != NO_COUNTER && counter != expected && !announced) {
      problems.problem(
          "ts-continuity", place(), "counter " + counter + " where " + expected + " follows");
    }
  }

  private long pcr() {
    long base = 0;
    for (int i = 6; i < 10; i++) {
      base = (base << 8) | (packet[i] & 0xff);
    }
    return (base << 1) | ((packet[10] & 0x80) >> 7);
  }

  private void finish(TsStream stream) {
    PesAssembly assembly = streams.get(stream.pid());
    if (assembly != null && assembly.isOpen()) {
      assembly.end(stream, clock, consumer);
    }
  }

  private void lostPes(PesAssembly assembly) {
    if (assembly.isOpen()) {
      problems.problem("ts-unknown-pid", file, "the PMT forgets a stream whose packet is open");
      assembly.drop();
    }
  }

  private String place() {
    return file + " packet " + number;
  }
}

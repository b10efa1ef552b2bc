package io.keymux.packager.ts;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.packager.verify.ts.PesPacket;
import io.keymux.packager.verify.ts.TsReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random frames through the writer and the reader, segment by segment. */
class TsSegmentWriterTest {
  private static final int SEGMENTS = 20;
  private static final long WRAP = 1L << 33;

  private final List<String> problems = new ArrayList<>();
  private final List<List<PesPacket>> read = List.of(new ArrayList<>(), new ArrayList<>());
  private final List<List<byte[]>> written = List.of(new ArrayList<>(), new ArrayList<>());
  private final TsReader reader =
      new TsReader(
          (code, place, text) -> problems.add(code + " " + place + ": " + text),
          (stream, pes) -> read.get(stream.index()).add(pes));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void write_randomFrames_readerGivesThemBackWithoutAProblem(long seed) {
    Random random = new Random(seed);
    TsProgram program = new TsProgram(List.of(Streams.avc(4), Streams.ac3()));
    long video = TrackClock.START_TICKS;
    long audio = video + random.nextInt(5000);
    int counter = random.nextInt(16);
    for (int s = 0; s < SEGMENTS; s++) {
      AudioCounter packets = new AudioCounter(Streams.ac3(), false);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      TsSegmentWriter writer =
          new TsSegmentWriter(program, s, List.of(0, counter), null, out::write);
      int pictures = 1 + random.nextInt(20);
      for (int i = 0; i < pictures; i++) {
        long next = video + 1 + random.nextInt(20_000);
        picture(writer, random, video, next, i == 0, i + 1 == pictures);
        while (audio < next) {
          audio = audioFrame(writer, packets, random, audio);
        }
        video = next;
      }
      writer.finish(video);
      counter = (counter + packets.packets()) % 16;
      take(s, out.toByteArray());
    }

    assertThat(problems).isEmpty();
    assertThat(contents(0)).isEqualTo(concatenated(written.get(0)));
    assertThat(contents(1)).isEqualTo(concatenated(written.get(1)));
    assertThat(read.get(0)).hasSameSizeAs(written.get(0));
  }

  @Test
  void write_clockWraps_timesWrapAndNothingElse() {
    TsProgram program = new TsProgram(List.of(Streams.avc(4)));
    long start = WRAP - 20_000;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TsSegmentWriter writer = new TsSegmentWriter(program, 1, List.of(0), null, out::write);
    for (int i = 0; i < 30; i++) {
      picture(writer, new Random(i), start + i * 3600L, start + (i + 1) * 3600L, i == 0, i == 29);
    }
    writer.finish(start + 30 * 3600L);
    take(1, out.toByteArray());

    assertThat(problems).isEmpty();
    assertThat(read.get(0).get(5).dts()).isEqualTo(WRAP - 2000);
    assertThat(read.get(0).get(6).dts()).isEqualTo(1600);
  }

  @Test
  void write_framesASecondApart_clockGoesOnBetweenThem() {
    TsProgram program = new TsProgram(List.of(Streams.avc(4)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TsSegmentWriter writer = new TsSegmentWriter(program, 0, List.of(0), null, out::write);
    for (int i = 0; i < 3; i++) {
      picture(writer, new Random(i), 900_000 + i * 90_000L, 990_000 + i * 90_000L, true, i == 2);
    }
    writer.finish(900_000 + 3 * 90_000L);
    take(0, out.toByteArray());

    assertThat(problems).isEmpty();
    assertThat(clockOnly(out.toByteArray())).isGreaterThanOrEqualTo(27);
  }

  /** A hostile duration must not fill the disk. */
  @Test
  void write_gapOfYears_endsSoon() {
    TsProgram program = new TsProgram(List.of(Streams.avc(4)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TsSegmentWriter writer = new TsSegmentWriter(program, 0, List.of(0), null, out::write);
    picture(writer, new Random(1), 900_000, 1L << 55, true, true);
    writer.finish(1L << 55);

    assertThat(out.size()).isLessThan(300_000);
  }

  /** The counters of the next segment begin at 0 again, so segments can be written at once. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 300, 3000})
  void write_anyLastPicture_makesWholeTurnsOfTheCounter(int bytes) {
    TsProgram program = new TsProgram(List.of(Streams.avc(4)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TsSegmentWriter writer = new TsSegmentWriter(program, 0, List.of(0), null, out::write);
    byte[] nal = new byte[1 + bytes];
    Arrays.fill(nal, (byte) 0x41);
    byte[] sample = sample(nal);
    writer.write(0, new FrameTiming(1000, 1000, 2000, false, true), sample, 0, sample.length);
    writer.finish(2000);

    take(0, out.toByteArray());
    assertThat(problems).isEmpty();
    assertThat(payloadPackets(out.toByteArray(), 0x100) % 16).isZero();
    assertThat(read.get(0).get(0).data().toHex()).endsWith("000001" + "41".repeat(1 + bytes));
  }

  private void take(int segment, byte[] data) {
    reader.begin("segment " + segment, false);
    // Chunks need not be whole packets.
    for (int at = 0; at < data.length; at += 1000) {
      reader.read(data, at, Math.min(1000, data.length - at));
    }
    reader.end();
  }

  private void picture(
      TsSegmentWriter writer, Random random, long dts, long end, boolean sync, boolean last) {
    byte[] nal = new byte[1 + random.nextInt(random.nextBoolean() ? 40 : 9000)];
    random.nextBytes(nal);
    for (int i = 0; i < nal.length; i++) {
      nal[i] |= 4; // no start codes
    }
    nal[0] = (byte) (sync ? 0x65 : 0x41);
    byte[] sample = sample(nal);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(HexFormat.of().parseHex("0000000109f0"));
    if (sync) {
      expected.writeBytes(
          HexFormat.of().parseHex("00000001" + Streams.SPS + "00000001" + Streams.PPS));
    }
    expected.writeBytes(new byte[] {0, 0, 1});
    expected.writeBytes(nal);
    written.get(0).add(expected.toByteArray());
    long pts = dts + random.nextInt(3) * 3600L;
    writer.write(0, new FrameTiming(pts, dts, end, sync, last), sample, 0, sample.length);
  }

  private long audioFrame(TsSegmentWriter writer, AudioCounter packets, Random random, long pts) {
    byte[] frame = new byte[1 + random.nextInt(2000)];
    random.nextBytes(frame);
    written.get(1).add(frame.clone());
    FrameTiming timing = new FrameTiming(pts, pts, pts + 2880, true, false);
    packets.add(timing, frame.length);
    writer.write(1, timing, frame, 0, frame.length);
    return pts + 2880;
  }

  private static byte[] sample(byte[] nal) {
    return ByteBuffer.allocate(4 + nal.length).putInt(nal.length).put(nal).array();
  }

  private byte[] contents(int stream) {
    return concatenated(read.get(stream).stream().map(p -> p.data().toArray()).toList());
  }

  private static byte[] concatenated(List<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static int payloadPackets(byte[] ts, int pid) {
    int count = 0;
    for (int at = 0; at < ts.length; at += 188) {
      int found = ((ts[at + 1] & 0x1f) << 8) | (ts[at + 2] & 0xff);
      count += found == pid && (ts[at + 3] & 0x10) != 0 ? 1 : 0;
    }
    return count;
  }

  private static int clockOnly(byte[] ts) {
    int count = 0;
    for (int at = 0; at < ts.length; at += 188) {
      count += (ts[at + 3] & 0x30) == 0x20 ? 1 : 0;
    }
    return count;
  }
}

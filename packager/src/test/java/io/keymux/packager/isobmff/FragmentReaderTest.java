package io.keymux.packager.isobmff;

import static io.keymux.packager.isobmff.TestMovie.box;
import static io.keymux.packager.isobmff.TestMovie.flagged;
import static io.keymux.packager.isobmff.TestMovie.ftyp;
import static io.keymux.packager.isobmff.TestMovie.full;
import static io.keymux.packager.isobmff.TestMovie.join;
import static io.keymux.packager.isobmff.TestMovie.tkhd;
import static io.keymux.packager.isobmff.TestMovie.u32;
import static io.keymux.packager.isobmff.TestMovie.u64;
import static io.keymux.packager.isobmff.TestMovie.visualEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FragmentReaderTest {
  private static final int NON_SYNC = 0x10000;
  private static final int BASE_IS_MOOF = 0x20000;
  private static final byte[] INIT = join(ftyp(), init().moov());

  @Test
  void read_allFieldsPerSample_asWritten() {
    byte[] run = u32(2, 100, 300, 7, 0, 20, 200, 9, NON_SYNC, -30L & 0xffffffffL);
    byte[] moof =
        moof(
            flagged("tfhd", 0, BASE_IS_MOOF, u32(1)),
            full("tfdt", 1, u64(90000)),
            flagged("trun", 1, 0xf01, run));
    SampleTable samples = read(moof, mdat()).samples();
    assertThat(samples.count()).isEqualTo(2);
    assertThat(samples.decodeTime(0)).isEqualTo(90000);
    assertThat(samples.duration(0)).isEqualTo(300);
    assertThat(samples.duration(1)).isEqualTo(200);
    assertThat(samples.size(1)).isEqualTo(9);
    assertThat(samples.offset(0)).isEqualTo(INIT.length + 100);
    assertThat(samples.offset(1)).isEqualTo(INIT.length + 107);
    assertThat(samples.isSync(0)).isTrue();
    assertThat(samples.isSync(1)).isFalse();
    assertThat(samples.compositionOffset(0)).isEqualTo(20);
    assertThat(samples.presentationTime(1)).isEqualTo(90300 - 30);
  }

  @Test
  void read_nothingPerSample_defaultsOfTrexThenOfTfhd() {
    byte[] ofTrex = moof(flagged("tfhd", 0, 0, u32(1)), flagged("trun", 0, 0, u32(3)));
    SampleTable trex = read(ofTrex, mdat()).samples();
    assertThat(sizes(trex)).containsExactly(5, 5, 5);
    assertThat(trex.duration(1)).isEqualTo(100);
    assertThat(trex.offset(0)).isEqualTo(INIT.length);
    assertThat(trex.syncCount()).isZero();

    byte[] ofTfhd =
        moof(
            flagged("tfhd", 0, 0x3b, u32(1), u64(INIT.length + 3), u32(1, 250, 6, 0)),
            flagged("trun", 0, 4, u32(3, NON_SYNC)));
    SampleTable tfhd = read(ofTfhd, mdat()).samples();
    assertThat(sizes(tfhd)).containsExactly(6, 6, 6);
    assertThat(tfhd.duration(2)).isEqualTo(250);
    assertThat(tfhd.offset(0)).isEqualTo(INIT.length + 3);
    assertThat(tfhd.isSync(0)).isFalse();
    assertThat(tfhd.isSync(1)).isTrue();
  }

  @Test
  void read_severalRunsAndTracks_dataFollowsOn() {
    TestMovie init = init().with(secondTrack());
    init.with(box("mvex", trex(1), trex(2)));
    byte[] head = join(ftyp(), init.moov());
    byte[] run = flagged("trun", 0, 0, u32(2));
    byte[] first =
        box("traf", flagged("tfhd", 0, 0, u32(1)), flagged("trun", 0, 1, u32(2, 200)), run);
    byte[] second = box("traf", flagged("tfhd", 0, 0, u32(2)), run);
    byte[] third = box("traf", flagged("tfhd", 0, BASE_IS_MOOF, u32(2)), run);
    byte[] file = join(head, box("moof", first, second, third), mdat());
    Movie movie = MovieReader.read(MemorySource.of(file));
    assertThat(offsets(movie.tracks().get(0), head.length)).containsExactly(200, 205, 210, 215);
    assertThat(offsets(movie.tracks().get(1), head.length)).containsExactly(220, 225, 0, 5);
  }

  @Test
  void read_gapThenOverlap_sampleBeforeLastsLongerOrShorter() {
    SampleTable samples =
        read(fragment(0), mdat(), box("sidx"), fragment(1000), mdat(), fragment(1150), mdat())
            .samples();
    assertThat(IntStream.range(0, 6).mapToLong(samples::duration))
        .containsExactly(100L, 900L, 100L, 50L, 100L, 100L);
  }

  @Test
  void read_noDecodeTime_followsOn() {
    byte[] plain = moof(flagged("tfhd", 0, BASE_IS_MOOF, u32(1)), flagged("trun", 0, 0, u32(1)));
    byte[] silence = moof(flagged("tfhd", 0, 0x10008, u32(1, 700)));
    SampleTable samples = read(fragment(40), mdat(), plain, silence, plain).samples();
    assertThat(samples.decodeTime(2)).isEqualTo(240);
    assertThat(samples.decodeTime(3)).isEqualTo(1040);
    assertThat(samples.decodeTime(4)).isEqualTo(1140);
  }

  @Test
  void read_samplesInMoovAndFragments_bothInOrder() {
    byte[] head = new TestMovie().with(box("mvex", trex(1))).toBytes();
    byte[] plain = moof(flagged("tfhd", 0, BASE_IS_MOOF, u32(1)), flagged("trun", 0, 0, u32(2)));
    SampleTable samples =
        MovieReader.read(MemorySource.of(join(head, plain, mdat()))).tracks().get(0).samples();
    assertThat(sizes(samples)).containsExactly(10, 11, 12, 13, 14, 15, 5, 5);
    assertThat(samples.decodeTime(6)).isEqualTo(3072);
    assertThat(samples.offset(6)).isEqualTo(head.length);
    assertThat(samples.syncCount()).isEqualTo(6);
  }

  @Test
  void read_fingerprint_coversMoovAndEachMoof() throws Exception {
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    hash.update(init().moov());
    hash.update(fragment(0));
    byte[] file = join(INIT, box("styp"), fragment(0), mdat());
    assertThat(MovieReader.read(MemorySource.of(file)).fingerprint().toArray())
        .isEqualTo(hash.digest());
  }

  static Stream<Arguments> refused() {
    byte[] tfhd = flagged("tfhd", 0, BASE_IS_MOOF, u32(1));
    byte[] sized = flagged("tfhd", 0, 0x20010, u32(1, 0));
    return Stream.of(
        Arguments.of("malformed-mp4", "no trex", moof(flagged("tfhd", 0, 0, u32(9)))),
        Arguments.of("malformed-mp4", "has no tfhd", box("moof", box("traf"))),
        Arguments.of(
            "malformed-mp4",
            "goes back from 100 to 99",
            join(fragment(0), mdat(), moof(tfhd, full("tfdt", 0, u32(99))))),
        Arguments.of(
            "malformed-mp4", "out of range", moof(tfhd, full("tfdt", 1, u64(Long.MAX_VALUE)))),
        Arguments.of(
            "malformed-mp4",
            "base data offset",
            moof(flagged("tfhd", 0, 1, u32(1), u64(Long.MAX_VALUE)))),
        Arguments.of(
            "malformed-mp4",
            "does not fit",
            moof(tfhd, flagged("trun", 0, 0x200, u32(0xffffffffL, 5)))),
        Arguments.of(
            "malformed-mp4",
            "without a size",
            moof(sized, flagged("trun", 0, 0, u32(0xffffffffL)))),
        Arguments.of(
            "malformed-mp4",
            "sample of 4294967295 bytes",
            moof(tfhd, flagged("trun", 0, 0x200, u32(1, 0xffffffffL)))),
        Arguments.of(
            "malformed-mp4",
            "at byte offset -",
            moof(tfhd, flagged("trun", 0, 1, u32(1, 0x80000000L)))),
        Arguments.of(
            "malformed-mp4",
            "sample entry 0",
            moof(flagged("tfhd", 0, 2, u32(1, 0)), flagged("trun", 0, 0, u32(1)))),
        Arguments.of(
            "too-many-samples", "samples", moof(tfhd, flagged("trun", 0, 0, u32(0xffffffffL)))),
        Arguments.of(
            "input-truncated",
            "sample 2 of track 1",
            moof(tfhd, flagged("trun", 0, 0x200, u32(2, 5, 0x7fffffff)))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void refused(String code, String message, byte[] moof) {
    byte[] file = join(INIT, moof, mdat());
    DrmException refusal =
        catchThrowableOfType(DrmException.class, () -> MovieReader.read(MemorySource.of(file)));
    assertThat(refusal.code()).as(refusal.problem()).isEqualTo(code);
    assertThat(refusal.problem()).contains(message);
  }

  @Test
  void read_hundredThousandFragments_quick() {
    byte[] pair = join(fragment(0), box("mdat", new byte[10]));
    byte[] file = Arrays.copyOf(INIT, INIT.length + pair.length * 100_000);
    for (int i = 0; i < 100_000; i++) {
      byte[] next = join(fragment(200L * i), box("mdat", new byte[10]));
      System.arraycopy(next, 0, file, INIT.length + i * pair.length, pair.length);
    }
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long start = thread.getCurrentThreadCpuTime();
    SampleTable samples = MovieReader.read(MemorySource.of(file)).tracks().get(0).samples();
    long millis = (thread.getCurrentThreadCpuTime() - start) / 1_000_000;
    assertThat(samples.count()).isEqualTo(200_000);
    assertThat(samples.decodeTime(199_999)).isEqualTo(100 * 199_999L);
    assertThat(millis).isLessThan(5_000);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, ''", "0, 1015, ''", "1, 5016, 5.0"})
  void read_shorterThanItSays_isSaid(int version, long millis, String said) {
    byte[] mehd = full("mehd", version, version == 1 ? u64(millis) : u32(millis));
    byte[] head = join(ftyp(), init().with(box("mvex", mehd, trex(1))).moov());
    Movie movie = MovieReader.read(MemorySource.of(join(head, fragment(0), mdat())));
    assertThat(String.join("", movie.ignored()))
        .isEqualTo(
            said.isEmpty()
                ? ""
                : "It lasts 0.0 s, but says that it lasts " + said + " s: it may be cut off.");
  }

  /** Two samples of 5 bytes and 100 ticks, directly at the moof. */
  private static byte[] fragment(long decodeTime) {
    return moof(
        flagged("tfhd", 0, BASE_IS_MOOF, u32(1)),
        full("tfdt", 0, u32(decodeTime)),
        flagged("trun", 0, 1, u32(2, 0)));
  }

  private static byte[] moof(byte[]... boxes) {
    return box("moof", full("mfhd", 0, u32(1)), box("traf", boxes));
  }

  private static byte[] mdat() {
    return box("mdat", new byte[400]);
  }

  private static byte[] trex(int trackId) {
    return full("trex", 0, u32(trackId, 1, 100, 5, NON_SYNC));
  }

  private static TestMovie init() {
    return new TestMovie()
        .with(full("stsd", 0, u32(1), visualEntry("avc1", box("avcC", u32(1)))))
        .with(full("stts", 0, u32(0)))
        .with(full("stsc", 0, u32(0)))
        .with(full("stsz", 0, u32(0, 0)))
        .with(full("stco", 0, u32(0)))
        .with(box("mvex", trex(1)));
  }

  private static byte[] secondTrack() {
    byte[] moov = init().without("mvex").with(tkhd(2, 1, 1)).moov();
    return Arrays.copyOfRange(moov, 8 + 12 + 16 + 80, moov.length);
  }

  private static MediaTrack read(byte[]... boxes) {
    return MovieReader.read(MemorySource.of(join(INIT, join(boxes)))).tracks().get(0);
  }

  private static int[] sizes(SampleTable samples) {
    return IntStream.range(0, samples.count()).map(samples::size).toArray();
  }

  private static long[] offsets(MediaTrack track, long from) {
    SampleTable samples = track.samples();
    return IntStream.range(0, samples.count()).mapToLong(i -> samples.offset(i) - from).toArray();
  }
}

package io.keymux.packager.isobmff;

import static io.keymux.packager.isobmff.TestMovie.DATA;
import static io.keymux.packager.isobmff.TestMovie.MEDIA_BYTES;
import static io.keymux.packager.isobmff.TestMovie.box;
import static io.keymux.packager.isobmff.TestMovie.ftyp;
import static io.keymux.packager.isobmff.TestMovie.full;
import static io.keymux.packager.isobmff.TestMovie.handler;
import static io.keymux.packager.isobmff.TestMovie.join;
import static io.keymux.packager.isobmff.TestMovie.tkhd;
import static io.keymux.packager.isobmff.TestMovie.u16;
import static io.keymux.packager.isobmff.TestMovie.u32;
import static io.keymux.packager.isobmff.TestMovie.u64;
import static io.keymux.packager.isobmff.TestMovie.visualEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.box.FourCc;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MovieReaderRefusalTest {

  static Stream<Arguments> malformed() {
    long huge = 0xffffffffL;
    byte[] plain = new TestMovie().moov();
    byte[] trak = Arrays.copyOfRange(plain, 8 + 12 + 16 + 80, plain.length);
    return Stream.of(
        movie("stts describes 5 of the 6", full("stts", 0, u32(1, 5, 512))),
        movie("stts describes more than the 6", full("stts", 0, u32(1, 7, 512))),
        movie("stts describes more than the 6", full("stts", 0, u32(1, huge, 512))),
        movie("negative sample duration -1", full("stts", 0, u32(1, 6, huge))),
        movie("ctts describes 3 of the 6", full("ctts", 0, u32(1, 3, 0))),
        movie("sync sample 7 of 6", full("stss", 0, u32(1, 7))),
        movie("sync sample 0 of 6", full("stss", 0, u32(1, 0))),
        movie("stsc describes 3 of the 6", full("stsc", 0, u32(1, 1, 1, 1))),
        movie("stsc describes more than the 6", full("stsc", 0, u32(1, 1, 3, 1))),
        movie("stsc describes more than the 6", full("stsc", 0, u32(1, 1, huge, 1))),
        movie("stsc names chunks 4 to 3 of 3", full("stsc", 0, u32(2, 1, 2, 1, 4, 1, 1))),
        movie("stsc names chunks 1 to 8 of 3", full("stsc", 0, u32(2, 1, 2, 1, 9, 1, 1))),
        movie("stsc names chunks 1 to 0 of 3", full("stsc", 0, u32(2, 1, 2, 1, 1, 2, 1))),
        movie("does not begin with chunk 1", full("stsc", 0, u32(1, 2, 2, 1))),
        movie("names sample entry 0", full("stsc", 0, u32(1, 1, 2, 0))),
        movie("samples use number 2", full("stsc", 0, u32(1, 1, 2, 2))),
        movie("sample of 4294967295 bytes", full("stsz", 0, u32(huge, 6))),
        movie("4294967295 x sample size", full("stsz", 0, u32(0, huge))),
        movie("4294967295 x stts run", full("stts", 0, u32(huge))),
        movie("4294967295 x ctts run", full("ctts", 0, u32(huge))),
        movie("4294967295 x stsc run", full("stsc", 0, u32(huge))),
        movie("4294967295 x sync sample", full("stss", 0, u32(huge))),
        movie("4294967295 x chunk offset", full("stco", 0, u32(huge))),
        movie("4294967295 x sample entry", full("stsd", 0, u32(huge))),
        movie("moov/trak[1]/mdia/minf/stbl has no stsz box", box("free"), "stsz"),
        movie("moov/trak[1] has no tkhd box", box("free"), "tkhd"),
        movie("moov has no mvhd box", box("free"), "mvhd"),
        movie("track ID 0 is out of range", tkhd(0, 1, 1)),
        movie("media timescale 0", full("mdhd", 0, u32(0, 0, 0, 0), u16(0, 0))),
        movie("tkhd has unknown version 2", full("tkhd", 2, new byte[92])),
        movie("movie timescale 0", full("mvhd", 0, u32(0, 0, 0, 0), new byte[80])),
        movie("a second track 1", trak),
        movie("a second elst in moov/trak[1]/edts", edts(box("elst"), box("elst"))),
        movie("4294967295 x edit", edts(full("elst", 0, u32(huge)))),
        movie("edit of 0 ticks at media time -2", edts(full("elst", 0, u32(1, 0, -2, 65536)))),
        movie("is out of range", edts(full("elst", 1, u32(1), u64(Long.MAX_VALUE, 0), u32(65536)))),
        movie("size of avcC 9223372036854775808", entry(u32(1), "avcC", u64(Long.MIN_VALUE))),
        movie("box avcC says 7 bytes", entry(u32(7), "avcC", u64(0))),
        movie("box avcC says 17 bytes where 16 are left", entry(u32(17), "avcC", u64(0))),
        movie("too short for a box", entry(u32(8), "avcC", new byte[] {1})),
        movie("does not fit", full("stsd", 0, u32(1), box("avc1", new byte[20]))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void malformed(String message, TestMovie movie) {
    DrmException refusal = refusal(movie.toBytes());
    assertThat(refusal.code()).as(refusal.problem()).isEqualTo("malformed-mp4");
    assertThat(refusal.blame()).isEqualTo(Blame.CALLER);
    assertThat(refusal.problem()).startsWith("Input test.mp4, byte offset ").contains(message);
  }

  static Stream<Arguments> unsupported() {
    byte[] twoEntries =
        full("stsd", 0, u32(2), visualEntry("avc1"), visualEntry("avc1", box("free")));
    byte[] dref = full("dref", 0, u32(1), full("url ", 0, new byte[] {'x', 0}));
    TestMovie both = movie(full("stsc", 0, u32(2, 1, 2, 1, 2, 2, 2))).with(twoEntries);
    return Stream.of(
        Arguments.of("input-encrypted", movie(full("stsd", 0, u32(1), visualEntry("encv")))),
        Arguments.of(
            "input-encrypted",
            movie(full("stsd", 0, u32(1), visualEntry("enca"))).with(handler("soun"))),
        Arguments.of("several-sample-entries", both),
        Arguments.of("external-media", movie(box("dinf", dref))),
        Arguments.of("too-many-samples", movie(full("stsz", 0, u32(1, 0xffffffffL)))),
        Arguments.of("edit-list-unsupported", movie(elst(240, 0, 65536, 240, 0, 65536))),
        Arguments.of("edit-list-unsupported", movie(elst(240, 0, 0))),
        Arguments.of("edit-list-unsupported", movie(elst(240, 0, 131072))),
        Arguments.of("edit-list-unsupported", movie(elst(240, -1, 65536))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void unsupported(String code, TestMovie movie) {
    DrmException refusal = refusal(movie.toBytes());
    assertThat(refusal.code()).as(refusal.problem()).isEqualTo(code);
    assertThat(refusal.blame()).isEqualTo(Blame.UNSUPPORTED);
    assertThat(refusal.problem()).contains("test.mp4");
  }

  static Stream<Arguments> notAMovie() {
    byte[] mdat = box("mdat", new byte[MEDIA_BYTES]);
    byte[] moov = new TestMovie().moov();
    byte[] only = new TestMovie().with(handler("tmcd")).toBytes();
    return Stream.of(
        Arguments.of("input-empty", new byte[0]),
        Arguments.of("not-an-mp4", new byte[] {0}),
        Arguments.of("not-an-mp4", "<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8)),
        Arguments.of("not-an-mp4", new byte[1000]),
        Arguments.of("no-moov", join(ftyp(), mdat)),
        Arguments.of("no-moov", join(box("styp"), box("moof"), mdat)),
        Arguments.of("no-tracks", only),
        Arguments.of("malformed-mp4", join(ftyp(), moov, moov)),
        Arguments.of("malformed-mp4", join(ftyp(), u32(7, FourCc.of("free")), moov)),
        Arguments.of("malformed-mp4", join(ftyp(), u32(1, FourCc.of("free")), u64(1L << 63))),
        Arguments.of("malformed-mp4", join(ftyp(), u32(1, FourCc.of("free")), u64(15))),
        Arguments.of("malformed-mp4", join(ftyp(), u32(1, FourCc.of("free")), u64(-1L >>> 1))),
        Arguments.of("input-truncated", join(ftyp(), u32(1, FourCc.of("free")))),
        Arguments.of("input-truncated", join(ftyp(), u32(99, FourCc.of("moov")))),
        Arguments.of("input-truncated", join(ftyp(), mdat, moov, new byte[] {0, 1})),
        Arguments.of("input-truncated", join(ftyp(), u32(9999, FourCc.of("mdat")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void notAMovie(String code, byte[] file) {
    DrmException refusal = refusal(file);
    assertThat(refusal.code()).as(refusal.problem()).isEqualTo(code);
    assertThat(refusal.problem()).contains("test.mp4");
  }

  @Test
  void read_sampleBehindTheEnd_namesTrackSampleAndOffset() {
    byte[] file = new TestMovie().with(full("stco", 0, u32(3, DATA, DATA, 9000))).toBytes();
    assertThat(refusal(file).code()).isEqualTo("input-truncated");
    assertThat(refusal(file).problem())
        .isEqualTo(
            "Input test.mp4 has %d bytes, but sample 5 of track 1 has 14 bytes at byte offset 9000."
                .formatted(file.length));
  }

  @Test
  void read_mediaCutOff_namesTheFirstLostSample() {
    TestMovie movie = new TestMovie();
    int data = 16 + movie.moov().length + 8;
    movie.with(full("stco", 0, u32(3, data, data + 21, data + 46)));
    byte[] file = join(ftyp(), movie.moov(), box("mdat", new byte[MEDIA_BYTES]));
    assertThat(MovieReader.read(MemorySource.of(file)).tracks()).hasSize(1);
    DrmException refusal = refusal(Arrays.copyOf(file, file.length - 20));
    assertThat(refusal.code()).isEqualTo("input-truncated");
    assertThat(refusal.problem()).contains("sample 5 of track 1");
  }

  private static DrmException refusal(byte[] file) {
    return catchThrowableOfType(DrmException.class, () -> MovieReader.read(MemorySource.of(file)));
  }

  private static Arguments movie(String message, byte[] box, String... without) {
    TestMovie movie = movie(box);
    Stream.of(without).forEach(movie::without);
    return Arguments.of(message, movie);
  }

  private static TestMovie movie(byte[] box) {
    return new TestMovie().with(box);
  }

  private static byte[] edts(byte[]... boxes) {
    return box("edts", boxes);
  }

  private static byte[] elst(long... edits) {
    return edts(full("elst", 0, u32(edits.length / 3), u32(edits)));
  }

  /** A sample entry whose last child has this size field and type. */
  private static byte[] entry(byte[] size, String type, byte[] rest) {
    byte[] child = join(size, u32(FourCc.of(type)), rest);
    return full("stsd", 0, u32(1), visualEntry("avc1", child));
  }
}

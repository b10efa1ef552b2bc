package io.keymux.packager.isobmff;

import static io.keymux.packager.isobmff.TestMovie.DATA;
import static io.keymux.packager.isobmff.TestMovie.MEDIA_BYTES;
import static io.keymux.packager.isobmff.TestMovie.box;
import static io.keymux.packager.isobmff.TestMovie.flagged;
import static io.keymux.packager.isobmff.TestMovie.ftyp;
import static io.keymux.packager.isobmff.TestMovie.full;
import static io.keymux.packager.isobmff.TestMovie.handler;
import static io.keymux.packager.isobmff.TestMovie.join;
import static io.keymux.packager.isobmff.TestMovie.tkhd;
import static io.keymux.packager.isobmff.TestMovie.u16;
import static io.keymux.packager.isobmff.TestMovie.u32;
import static io.keymux.packager.isobmff.TestMovie.u64;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.FourCc;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovieReaderTest {
  private static final byte[] MDAT = box("mdat", new byte[MEDIA_BYTES]);

  @Test
  void read_plainMovie_everySample() {
    Movie movie = new TestMovie().read();
    assertThat(movie.ignored()).isEmpty();
    MediaTrack track = movie.tracks().get(0);
    assertThat(track.trackId()).isEqualTo(1);
    assertThat(track.type()).isEqualTo(TrackType.VIDEO);
    assertThat(track.timescale()).isEqualTo(12800);
    assertThat(track.display().width()).isEqualTo(320 << 16);
    assertThat(track.display().height()).isEqualTo(180 << 16);
    assertThat(track.edit()).isEqualTo(EditList.NONE);
    SampleTable samples = track.samples();
    assertThat(ints(samples, samples::size)).containsExactly(10, 11, 12, 13, 14, 15);
    assertThat(ints(samples, i -> (int) samples.offset(i) - DATA))
        .containsExactly(0, 10, 21, 33, 46, 60);
    assertThat(ints(samples, i -> (int) samples.decodeTime(i)))
        .containsExactly(0, 512, 1024, 1536, 2048, 2560);
    assertThat(samples.decodeTime(6)).isEqualTo(3072);
    assertThat(samples.hasCompositionOffsets()).isFalse();
    assertThat(samples.syncCount()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void read_negativeCompositionOffsets_signedInBothVersions(int version) {
    SampleTable samples =
        samples(new TestMovie().with(full("ctts", version, u32(2, 4, 1024, 2, -512))));
    assertThat(ints(samples, samples::compositionOffset))
        .containsExactly(1024, 1024, 1024, 1024, -512, -512);
    assertThat(samples.presentationTime(5)).isEqualTo(2560 - 512);
  }

  @Test
  void read_syncTable_onlyThese() {
    SampleTable samples = samples(new TestMovie().with(full("stss", 0, u32(2, 1, 4))));
    assertThat(ints(samples, i -> samples.isSync(i) ? 1 : 0)).containsExactly(1, 0, 0, 1, 0, 0);
  }

  @Test
  void read_chunkRunsAndWideOffsets_unfolded() {
    SampleTable samples =
        samples(
            new TestMovie()
                .with(full("stsc", 0, u32(2, 1, 1, 1, 2, 5, 1)))
                .without("stco")
                .with(full("co64", 0, u32(2), u64(DATA + 60, DATA))));
    assertThat(ints(samples, i -> (int) samples.offset(i) - DATA))
        .containsExactly(60, 0, 11, 23, 36, 50);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 0000000400000006 abcdef, 10;11;12;13;14;15",
    "4, 0000000400000005 abcde0, 10;11;12;13;14",
    "8, 0000000800000003 01ff02, 1;255;2",
    "16, 0000001000000002 00010102, 1;258"
  })
  void read_compactSizes_unpacked(int bits, String hex, String expected) {
    byte[] table = HexFormat.of().parseHex(hex.replace(" ", ""));
    int count = table[7];
    int[] sizes = Arrays.stream(expected.split(";", -1)).mapToInt(Integer::parseInt).toArray();
    TestMovie movie =
        new TestMovie()
            .without("stsz")
            .with(full("stz2", 0, table))
            .with(full("stts", 0, u32(1, count, 512)))
            .with(full("stsc", 0, u32(1, 1, count, 1)))
            .with(full("stco", 0, u32(1, DATA)));
    byte[] file = join(ftyp(), box("mdat", new byte[400]), movie.moov());
    SampleTable samples = MovieReader.read(MemorySource.of(file)).tracks().get(0).samples();
    assertThat(ints(samples, samples::size)).as("%d bits", bits).containsExactly(sizes);
  }

  @Test
  void read_version1Headers_sameTrack() {
    byte[] wideTkhd =
        full("tkhd", 1, u64(0, 0), u32(1, 0), u64(0), new byte[52], u32(320 << 16, 180 << 16));
    MediaTrack track =
        new TestMovie()
            .with(full("mvhd", 1, u64(0, 0), u32(1000), u64(0), new byte[80]))
            .with(full("mdhd", 1, u64(0, 0), u32(12800), u64(0), u16(0x55c4, 0)))
            .with(wideTkhd)
            .track();
    assertThat(track.display().width()).isEqualTo(320 << 16);
    assertThat(track.timescale()).isEqualTo(12800);
  }

  @ParameterizedTest
  @CsvSource({
    "eng, en",
    "fre, fr",
    "fra, fr",
    "ger, de",
    "chi, zh",
    "und, und",
    "mul, mul",
    "gsw, gsw",
    "heb, he",
    "ind, id"
  })
  void read_packedLanguage_shortestTag(String code, String tag) {
    int packed = 0;
    for (int i = 0; i < code.length(); i++) {
      packed = (packed << 5) | (code.charAt(i) - 0x60);
    }
    assertThat(new TestMovie().with(mdhd(packed)).track().language()).isEqualTo(tag);
  }

  @Test
  void read_languageZero_undeterminedUnlessQuickTime() {
    TestMovie movie = new TestMovie().with(mdhd(0));
    assertThat(movie.track().language()).isEqualTo("und");
    byte[] quickTime = movie.toBytes();
    System.arraycopy("qt  ".getBytes(StandardCharsets.US_ASCII), 0, quickTime, 8, 4);
    assertThat(MovieReader.read(MemorySource.of(quickTime)).tracks().get(0).language())
        .isEqualTo("en");
  }

  @ParameterizedTest
  @CsvSource({"pt-BR, pt-BR", "eng, en", "zho-Hant, zh-Hant", "not a tag, und"})
  void read_extendedLanguage_winsIfItIsATag(String elng, String tag) {
    byte[] text = (elng + "\0").getBytes(StandardCharsets.UTF_8);
    assertThat(new TestMovie().with(full("elng", 0, text)).track().language()).isEqualTo(tag);
  }

  @ParameterizedTest
  @CsvSource({"vide, VIDEO", "soun, AUDIO", "text, TEXT", "sbtl, TEXT", "subt, TEXT", "clcp, TEXT"})
  void read_handler_trackType(String handler, TrackType type) {
    MediaTrack track = new TestMovie().with(handler(handler)).track();
    assertThat(track.type()).isEqualTo(type);
    assertThat(track.display().width()).isEqualTo(type == TrackType.VIDEO ? 320 << 16 : 0);
  }

  @Test
  void read_otherTracks_leftOutWithAReason() {
    byte[] timeCode = trak(new TestMovie().with(tkhd(2, 0, 0)).with(handler("tmcd")));
    TestMovie movie = new TestMovie().with(timeCode);
    assertThat(movie.read().ignored())
        .containsExactly("Track 2 is left out: its handler tmcd is neither video, audio nor text.");
    byte[] empty =
        trak(
            new TestMovie()
                .with(tkhd(3, 0, 0))
                .with(full("stts", 0, u32(0)))
                .with(full("stsc", 0, u32(0)))
                .with(full("stsz", 0, u32(0, 0)))
                .with(full("stco", 0, u32(0))));
    assertThat(new TestMovie().with(empty).read().ignored())
        .containsExactly("Track 3 (vide) is left out: it has no samples.");
    assertThat(
            new TestMovie()
                .with(trak(new TestMovie().with(tkhd(2, 0, 0)).with(handler("text"))))
                .with(box("tref", box("chap", u32(2))))
                .read()
                .ignored())
        .containsExactly("Track 2 is left out: it holds chapters.");
  }

  @Test
  void read_topLevelOrder_doesNotMatter() {
    TestMovie movie = new TestMovie();
    int moved = 16 + movie.moov().length + 8 + 5 + 16;
    movie.with(full("stco", 0, u32(3, moved, moved + 21, moved + 46)));
    byte[] wideMdat = join(u32(1, FourCc.of("mdat")), u64(16 + MEDIA_BYTES), new byte[75]);
    byte[] first = join(ftyp(), movie.moov(), box("free", new byte[5]), wideMdat, new byte[3]);
    assertThat(MovieReader.read(MemorySource.of(first)).tracks()).hasSize(1);

    byte[] toTheEnd = join(ftyp(), movie.moov(), box("junk", new byte[13]), MDAT);
    toTheEnd[toTheEnd.length - MDAT.length + 3] = 0;
    assertThat(MovieReader.read(MemorySource.of(toTheEnd)).tracks()).hasSize(1);
  }

  @Test
  void read_fingerprint_sha256OfMoov() throws Exception {
    TestMovie movie = new TestMovie();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(movie.moov());
    assertThat(movie.read().fingerprint().toArray()).isEqualTo(hash);
  }

  @Test
  void read_selfContainedReference_accepted() {
    byte[] dref = full("dref", 0, u32(1), flagged("url ", 0, 1));
    assertThat(new TestMovie().with(box("dinf", dref)).track().trackId()).isEqualTo(1);
  }

  private static byte[] mdhd(int language) {
    return full("mdhd", 0, u32(0, 0, 12800, 0), u16(language, 0));
  }

  /** The only track of another movie, to be the second of this one. */
  private static byte[] trak(TestMovie movie) {
    byte[] moov = movie.moov();
    int mvhd = 8 + 12 + 16 + 80;
    return Arrays.copyOfRange(moov, mvhd, moov.length);
  }

  private static SampleTable samples(TestMovie movie) {
    return movie.track().samples();
  }

  private static int[] ints(SampleTable samples, IntUnaryOperator field) {
    return IntStream.range(0, samples.count()).map(field).toArray();
  }
}

package io.keymux.packager.isobmff;

import static io.keymux.packager.isobmff.TestMovie.box;
import static io.keymux.packager.isobmff.TestMovie.flagged;
import static io.keymux.packager.isobmff.TestMovie.full;
import static io.keymux.packager.isobmff.TestMovie.join;
import static io.keymux.packager.isobmff.TestMovie.u32;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.box.FourCc;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sample groups of the six samples of a movie, and of the two or three of a fragment. */
class SampleGroupTest {
  private static final byte[] ROLL = descriptions("roll", 1, 0, "ff", "fe");

  static Stream<Arguments> movies() {
    byte[] twoThenOne = u32(2, 2, 1, 1, 2);
    byte[] skip = u32(2, 3, 0, 1, 1);
    return Stream.of(
        Arguments.of("runs", ROLL, map("roll", twoThenOne), "roll 2 ff, 1 fe"),
        Arguments.of("begins without", ROLL, map("roll", skip), "roll 3 -, 1 ff"),
        Arguments.of(
            "runs that touch", ROLL, map("roll", u32(3, 1, 1, 2, 1, 3, 2)), "roll 3 ff, 3 fe"),
        Arguments.of("none in a group", ROLL, map("roll", u32(1, 6, 0)), ""),
        Arguments.of("no mapping", ROLL, new byte[0], ""),
        Arguments.of(
            "version 0", descriptions("rap ", 0, 0, "8c"), map("rap ", u32(1, 1, 1)), "rap  1 8c"),
        Arguments.of(
            "a length each",
            descriptions("sync", 1, -1, "3f", "a1b2"),
            map("sync", u32(2, 1, 2, 1, 1)),
            "sync 1 a1b2, 1 3f"),
        Arguments.of("usual one", descriptions("roll", 2, 2, "ff", "fe"), new byte[0], "roll 6 fe"),
        Arguments.of(
            "usual one behind the mapping",
            descriptions("roll", 2, 2, "ff", "fe"),
            map("roll", u32(2, 2, 1, 1, 0)),
            "roll 2 ff, 1 -, 3 fe"),
        Arguments.of(
            "two kinds",
            join(ROLL, descriptions("rap ", 1, 0, "80")),
            join(map("rap ", u32(1, 1, 1)), map("roll", u32(1, 6, 1))),
            "rap  1 80; roll 6 ff"),
        Arguments.of(
            "a parameter", ROLL, full("sbgp", 1, text("roll"), u32(7, 1, 6, 2)), "roll(7) 6 fe"),
        Arguments.of(
            "compact, 4 bits",
            ROLL,
            compact(0, "", 2, 0x25, 0x11, 0x12, 0x10),
            "roll 1 ff, 1 fe, 1 ff, 1 fe, 2 ff"),
        Arguments.of(
            "compact, 8, 16 and 32 bits",
            ROLL,
            compact(0b011011, "", 1, 3, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2),
            "roll 1 ff, 2 fe, 1 ff"),
        Arguments.of(
            "compact, a parameter", ROLL, compact(0x40, "\0\0\0\7", 1, 0x16, 0x20), "roll(7) 6 fe"),
        Arguments.of(
            "compact, length and count apart",
            ROLL,
            compact(0b000100, "", 1, 0x10, 0x62),
            "roll 6 fe"),
        Arguments.of("keys are elsewhere", descriptions("seig", 1, 0, "ff"), new byte[0], ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("movies")
  void read_movie_groupsOfSamples(String name, byte[] sgpd, byte[] sbgp, String groups) {
    TestMovie movie = new TestMovie().with(sgpd);
    Movie read = (sbgp.length == 0 ? movie : movie.with(sbgp)).read();
    assertThat(describe(read.tracks().get(0))).isEqualTo(groups);
    assertThat(read.ignored()).isEmpty();
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        Arguments.of("more samples than there are", ROLL, map("roll", u32(1, 7, 1))),
        Arguments.of("compact, more samples", ROLL, compact(0, "", 1, 0x17, 0x10)),
        Arguments.of("compact, no pattern", ROLL, compact(0, "", 1, 0x06, 0x10)),
        Arguments.of("compact, pattern behind the end", ROLL, compact(0, "", 1, 0xf6, 0x10)),
        Arguments.of("compact, fields behind the end", ROLL, compact(0, "", 2, 0x16)),
        Arguments.of("compact, local one of a movie", ROLL, compact(0x80, "", 1, 0x16, 0x90)),
        Arguments.of("no such description", ROLL, map("roll", u32(1, 6, 3))),
        Arguments.of("a local one of a movie", ROLL, map("roll", u32(1, 6, 0x10001))),
        Arguments.of(
            "entries behind the end",
            full("sgpd", 1, text("roll"), u32(9, 1), new byte[8]),
            map("roll", u32(1, 6, 1))),
        Arguments.of(
            "a count that lies",
            full("sgpd", 1, text("roll"), u32(1, 99), new byte[8]),
            map("roll", u32(1, 6, 1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  void read_unreadable_leftOutAndSaid(String name, byte[] sgpd, byte[] sbgp) {
    byte[] rap = join(map("rap ", u32(1, 1, 1)), sbgp);
    Movie movie =
        new TestMovie().with(join(descriptions("rap ", 1, 0, "80"), sgpd)).with(rap).read();
    assertThat(describe(movie.tracks().get(0))).isEqualTo("rap  1 80");
    assertThat(movie.ignored())
        .containsExactly("Track 1 has sample groups that cannot be read and are left out: roll.");
  }

  @Test
  void read_manyKinds_boundedAndSaid() {
    byte[] sgpd = new byte[0];
    byte[] sbgp = new byte[0];
    for (int i = 10; i < 50; i++) {
      sgpd = join(sgpd, descriptions("ab" + i, 1, 0, "01"));
      sbgp = join(sbgp, map("ab" + i, u32(1, 6, 1)));
    }
    Movie movie = new TestMovie().with(sgpd).with(sbgp).read();
    assertThat(movie.tracks().get(0).groups()).hasSize(32);
    assertThat(movie.ignored().get(0)).contains("ab42, ab43").contains("ab49.");
  }

  @Test
  void read_fragments_ownDescriptionsAndThoseOfTheMovie() {
    byte[] trex = full("trex", 0, u32(1, 1, 100, 5, 0x10000));
    TestMovie movie =
        new TestMovie().with(descriptions("roll", 2, 1, "ff", "fe")).with(box("mvex", trex));
    byte[] own = join(map("roll", u32(2, 1, 2, 2, 0x10001)), descriptions("roll", 1, 0, "fd"));
    byte[] file =
        join(
            movie.toBytes(),
            fragment(3, own),
            fragment(2, new byte[0]),
            fragment(2, descriptions("roll", 2, 1, "fc")),
            box("mdat", new byte[200]));
    MediaTrack track = MovieReader.read(MemorySource.of(file)).tracks().get(0);
    assertThat(describe(track)).isEqualTo("roll 6 ff, 1 fe, 2 fd, 2 ff, 2 fc");
    assertThat(describe(track.groups().get(0), 7, 12)).isEqualTo("roll 2 fd, 2 ff, 1 fc");
    assertThat(track.groups().get(0).runs(12, 13)).hasSize(1);
    assertThat(track.groups().get(0).runs(13, 20)).isEmpty();
  }

  @Test
  void read_compactInFragment_ownDescriptionsAndThoseOfTheMovie() {
    byte[] trex = full("trex", 0, u32(1, 1, 100, 5, 0x10000));
    TestMovie movie =
        new TestMovie().with(descriptions("roll", 1, 0, "ff")).with(box("mvex", trex));
    byte[] own = join(compact(0x80, "", 1, 0x33, 0x91, 0x00), descriptions("roll", 1, 0, "fd"));
    byte[] file = join(movie.toBytes(), fragment(3, own), box("mdat", new byte[200]));
    MediaTrack track = MovieReader.read(MemorySource.of(file)).tracks().get(0);
    assertThat(describe(track)).isEqualTo("roll 6 -, 1 fd, 1 ff");
  }

  private static byte[] fragment(int samples, byte[] groups) {
    byte[] tfhd = flagged("tfhd", 0, 0x20000, u32(1));
    return box("moof", box("traf", tfhd, flagged("trun", 0, 0, u32(samples)), groups));
  }

  /**
   * @param usual the default of version 2; -1 writes a length for each entry
   */
  private static byte[] descriptions(String type, int version, int usual, String... hex) {
    byte[] entries = new byte[0];
    for (String entry : hex) {
      byte[] bytes = HexFormat.of().parseHex(entry);
      entries = join(entries, usual < 0 ? u32(bytes.length) : new byte[0], bytes);
    }
    byte[] length = version == 0 ? new byte[0] : u32(usual < 0 ? 0 : 1);
    byte[] byDefault = version < 2 ? new byte[0] : u32(usual);
    return full("sgpd", version, text(type), length, byDefault, u32(hex.length), entries);
  }

  private static byte[] map(String type, byte[] runs) {
    return full("sbgp", 0, text(type), runs);
  }

  /**
   * @param flags sizes of lengths, counts and indexes, and whether there is a parameter
   * @param parameter four bytes or none
   */
  private static byte[] compact(int flags, String parameter, int patterns, int... fields) {
    byte[] bytes = new byte[fields.length];
    for (int i = 0; i < fields.length; i++) {
      bytes[i] = (byte) fields[i];
    }
    return flagged("csgp", 0, flags, text("roll"), text(parameter), u32(patterns), bytes);
  }

  private static byte[] text(String type) {
    return type.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String describe(MediaTrack track) {
    return track.groups().stream()
        .map(group -> describe(group, 0, track.samples().count()))
        .collect(Collectors.joining("; "));
  }

  private static String describe(SampleGroup group, int first, int end) {
    String runs =
        group.runs(first, end).stream()
            .map(
                run ->
                    run.samples()
                        + " "
                        + (run.index() == 0
                            ? "-"
                            : group.descriptions().get(run.index() - 1).toHex()))
            .collect(Collectors.joining(", "));
    String parameter = group.parameter() == null ? "" : "(" + group.parameter() + ")";
    return FourCc.name(group.type()) + parameter + " " + runs;
  }
}

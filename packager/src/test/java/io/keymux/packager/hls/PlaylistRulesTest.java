package io.keymux.packager.hls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.TrackType;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TestPresentation;
import io.lindstrom.m3u8.model.AlternativeRendition;
import io.lindstrom.m3u8.model.IFrameVariant;
import io.lindstrom.m3u8.model.MasterPlaylist;
import io.lindstrom.m3u8.model.MediaPlaylist;
import io.lindstrom.m3u8.model.MediaSegment;
import io.lindstrom.m3u8.model.Variant;
import io.lindstrom.m3u8.parser.MasterPlaylistParser;
import io.lindstrom.m3u8.parser.MediaPlaylistParser;
import io.lindstrom.m3u8.parser.ParsingMode;
import io.lindstrom.m3u8.parser.PlaylistParserException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads our playlists with somebody else's parser and holds them against RFC 8216. */
class PlaylistRulesTest {
  private static final String CASES = "io.keymux.packager.media.TestPresentation#all";

  @ParameterizedTest
  @MethodSource(CASES)
  void mediaPlaylist_anyTrack_describesItsSegmentsExactly(TestPresentation input)
      throws PlaylistParserException {
    Map<String, String> texts = HlsWriter.write(input.presentation());
    for (PackagedTrack track : audible(input.presentation())) {
      String path = track.playlistPath();
      MediaPlaylist playlist = parse(texts, path);

      assertThat(playlist.mediaSegments()).hasSameSizeAs(track.segments());
      double clock = 0;
      for (int i = 0; i < track.segments().size(); i++) {
        Segment expected = track.segments().get(i);
        MediaSegment actual = playlist.mediaSegments().get(i);
        assertThat(resolve(path, actual.uri())).isEqualTo(expected.path());
        actual
            .byteRange()
            .ifPresent(
                range -> {
                  assertThat(range.length()).isEqualTo(expected.range().length());
                  assertThat(range.offset()).hasValue(expected.range().offset());
                });
        assertThat(clock).isCloseTo(seconds(track, expected.start()), within());
        clock += actual.duration();
      }
      assertThat(clock).isCloseTo(track.endSeconds(), within());
    }
  }

  @ParameterizedTest
  @MethodSource(CASES)
  void pictures_anyVideo_areTheStartsOfItsSegments(TestPresentation input)
      throws PlaylistParserException {
    Map<String, String> texts = HlsWriter.write(input.presentation());
    for (PackagedTrack track : audible(input.presentation())) {
      if (track.track().type() != TrackType.VIDEO) {
        assertThat(texts).doesNotContainKey(track.picturesPath());
        continue;
      }
      MediaPlaylist media = parse(texts, track.playlistPath());
      MediaPlaylist pictures = parse(texts, track.picturesPath());

      assertThat(pictures.iFramesOnly()).isTrue();
      assertThat(pictures.targetDuration()).isEqualTo(media.targetDuration());
      assertThat(pictures.mediaSegments()).hasSameSizeAs(track.segments());
      for (int i = 0; i < track.segments().size(); i++) {
        MediaSegment of = media.mediaSegments().get(i);
        MediaSegment picture = pictures.mediaSegments().get(i);
        ByteRange range = track.segments().get(i).pictures().get(0).range();
        assertThat(picture.uri()).isEqualTo(of.uri());
        assertThat(picture.duration()).isEqualTo(of.duration());
        assertThat(picture.segmentKey()).isEqualTo(of.segmentKey());
        assertThat(picture.segmentMap()).isEqualTo(of.segmentMap());
        assertThat(picture.byteRange().orElseThrow().offset()).hasValue(range.offset());
        assertThat(picture.byteRange().orElseThrow().length()).isEqualTo(range.length());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(CASES)
  void mediaPlaylist_anyTrack_keepsTheRules(TestPresentation input) throws PlaylistParserException {
    Map<String, String> texts = HlsWriter.write(input.presentation());
    Set<Integer> targets = new TreeSet<>();
    for (PackagedTrack track : audible(input.presentation())) {
      String path = track.playlistPath();
      MediaPlaylist playlist = parse(texts, path);
      targets.add(playlist.targetDuration());
      assertThat(playlist.version()).hasValue(6);
      assertThat(playlist.ongoing()).isFalse();
      assertThat(playlist.independentSegments()).isTrue();
      assertThat(playlist.mediaSegments())
          .allMatch(s -> Math.round(s.duration()) <= playlist.targetDuration());
      MediaSegment first = playlist.mediaSegments().get(0);
      assertThat(first.segmentMap().map(m -> resolve(path, m.uri()))).contains(track.initPath());
      assertThat(first.segmentKey().isPresent()).isEqualTo(track.protection() != null);
    }
    assertThat(targets).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(CASES)
  void multivariantPlaylist_anyCase_keepsTheRules(TestPresentation input)
      throws PlaylistParserException {
    Map<String, String> texts = HlsWriter.write(input.presentation());
    MasterPlaylist master =
        new MasterPlaylistParser(ParsingMode.LENIENT).readPlaylist(text(texts, "master.m3u8"));
    Map<String, List<AlternativeRendition>> groups =
        master.alternativeRenditions().stream()
            .collect(Collectors.groupingBy(AlternativeRendition::groupId));

    assertThat(master.independentSegments()).isTrue();
    assertThat(master.variants()).isNotEmpty();
    // Every rendition is in reach, and nothing else.
    Set<String> reached = new TreeSet<>(Set.of("master.m3u8"));
    for (Variant variant : master.variants()) {
      reached.add(variant.uri());
      assertThat(variant.averageBandwidth().orElseThrow()).isLessThanOrEqualTo(variant.bandwidth());
      assertThat(variant.bandwidth()).isGreaterThanOrEqualTo(peakOf(input.presentation(), variant));
      assertThat(groups.keySet()).containsAll(variant.audio().stream().toList());
    }
    for (IFrameVariant pictures : master.iFrameVariants()) {
      reached.add(pictures.uri());
      assertThat(pictures.averageBandwidth().orElseThrow())
          .isLessThanOrEqualTo(pictures.bandwidth());
    }
    assertThat(master.iFrameVariants())
        .hasSameSizeAs(
            input.presentation().tracks().stream()
                .filter(t -> t.track().type() == TrackType.VIDEO)
                .toList());
    for (List<AlternativeRendition> group : groups.values()) {
      group.forEach(r -> reached.add(r.uri().orElseThrow()));
      assertThat(group).extracting(r -> r.name()).doesNotHaveDuplicates();
      assertThat(group).filteredOn(r -> r.defaultRendition().orElse(false)).hasSize(1);
      assertThat(group.stream().map(PlaylistRulesTest::identity))
          .containsExactlyInAnyOrderElementsOf(
              groups.values().iterator().next().stream().map(PlaylistRulesTest::identity).toList());
    }
    // The parser does not know images, which are no part of RFC 8216.
    input.presentation().thumbnails().forEach(track -> reached.add(track.name() + "/media.m3u8"));
    assertThat(reached).isEqualTo(texts.keySet());
  }

  @ParameterizedTest
  @MethodSource(CASES)
  void sessionKeys_anyCase_areTheKeysOfAllTracks(TestPresentation input) {
    Map<String, String> texts = HlsWriter.write(input.presentation());

    assertThat(lines(text(texts, "master.m3u8"), "#EXT-X-SESSION-KEY:"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            texts.entrySet().stream()
                .filter(e -> !e.getKey().equals("master.m3u8"))
                .flatMap(e -> lines(e.getValue(), "#EXT-X-KEY:").stream())
                .collect(Collectors.toSet()));
  }

  /** A floor for BANDWIDTH: what the picture alone needs over its first full segments. */
  private static long peakOf(Presentation presentation, Variant variant) {
    return presentation.tracks().stream()
        .filter(t -> variant.uri().startsWith(t.track().name() + "/"))
        .flatMap(t -> t.segments().stream().limit(3).map(s -> rate(t, s)))
        .mapToLong(Long::longValue)
        .max()
        .orElseThrow();
  }

  private static long rate(PackagedTrack track, Segment segment) {
    return segment.range().length() * 8 * track.timescale() / segment.duration();
  }

  private static String identity(AlternativeRendition rendition) {
    return rendition.name()
        + rendition.language()
        + rendition.defaultRendition()
        + rendition.autoSelect();
  }

  private static List<String> lines(String text, String tag) {
    return text.lines().filter(l -> l.startsWith(tag)).map(l -> l.substring(tag.length())).toList();
  }

  private static List<PackagedTrack> audible(Presentation presentation) {
    return presentation.tracks().stream().filter(t -> t.track().type() != TrackType.TEXT).toList();
  }

  private static MediaPlaylist parse(Map<String, String> texts, String path)
      throws PlaylistParserException {
    return new MediaPlaylistParser(ParsingMode.LENIENT).readPlaylist(text(texts, path));
  }

  private static String text(Map<String, String> texts, String path) {
    return requireNonNull(texts.get(path), path);
  }

  private static String resolve(String base, String reference) {
    return URI.create("http://host/" + base).resolve(reference).getPath().substring(1);
  }

  private static double seconds(PackagedTrack track, long ticks) {
    return (double) ticks / track.timescale();
  }

  private static Offset<Double> within() {
    return Offset.offset(0.000_001);
  }
}

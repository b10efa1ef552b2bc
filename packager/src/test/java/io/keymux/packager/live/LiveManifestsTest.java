package io.keymux.packager.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.ClearSegments;
import io.keymux.packager.SampleJob;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.Protection;
import io.keymux.packager.media.TrackProtection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window of ten seconds over segments of two, with a clear lead and new keys every four. */
class LiveManifestsTest {
  /** Of the sample ladder's video. */
  private static final int TIMESCALE = 12_288;

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  @TempDir static Path temp;
  private static byte[] init = new byte[0];
  private static byte[] segment = new byte[0];

  @BeforeAll
  static void makeInput() throws Exception {
    ClearSegments clear = ClearSegments.video(temp.resolve("clear"));
    init = clear.init();
    segment = clear.segments().get(0);
  }

  @Test
  void write_windowMovesOn_playlistAndMpdFollow() throws Exception {
    LiveStream stream = stream(new KeySchedule(2, 4, KeyChange.NEW_PERIODS));
    LiveManifests manifests = stream.manifests(new LiveSettings(START, 2, 10));
    assertThat(manifests.write(START)).isEmpty();
    TrackProtection protection = protection(stream);
    add(manifests, 0, KeySchedule.CLEAR, null);
    assertThat(playlist(manifests))
        .contains("#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n")
        .contains("#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:05.000Z\n")
        .doesNotContain("DISCONTINUITY\n", "EXT-X-KEY", "VOD", "ENDLIST");
    for (int i = 1; i < 5; i++) {
      add(manifests, i, (i - 1) / 2, protection);
    }
    String text = playlist(manifests);
    assertThat(text)
        .contains("seg-1.m4s\n#EXT-X-DISCONTINUITY\n#EXT-X-KEY:")
        .contains("seg-3.m4s\n#EXT-X-DISCONTINUITY\n")
        .contains("URI=\"init-1.mp4\"", "URI=\"init-2.mp4\"");
    assertThat(text.split("#EXT-X-DISCONTINUITY\n", -1)).hasSize(3);

    add(manifests, 5, 2, protection);
    add(manifests, 6, 2, protection);
    assertThat(playlist(manifests))
        .contains("#EXT-X-MEDIA-SEQUENCE:3\n#EXT-X-DISCONTINUITY-SEQUENCE:1\n")
        .contains("seg-3.m4s\n#EXT-X-DISCONTINUITY\n")
        .doesNotContain("seg-2.m4s");
    String mpd = mpd(manifests);
    assertThat(mpd)
        .contains("type=\"dynamic\"", "availabilityStartTime=\"2026-01-02T03:04:05Z\"")
        .contains("timeShiftBufferDepth=\"PT10S\"", "minimumUpdatePeriod=\"PT2S\"")
        .contains("<Period id=\"0\" start=\"PT0S\">")
        .contains("<Period id=\"1\" start=\"PT6S\">")
        .contains("<Period id=\"2\" start=\"PT10S\">")
        .contains("startNumber=\"3\"", "<S t=\"49152\" d=\"24576\"/>");

    add(manifests, 7, 3, protection);
    manifests.end();
    assertThat(playlist(manifests))
        .contains("#EXT-X-MEDIA-SEQUENCE:4\n#EXT-X-DISCONTINUITY-SEQUENCE:2\n")
        .endsWith("#EXT-X-ENDLIST\n");
    assertThat(mpd(manifests))
        .contains("mediaPresentationDuration=\"PT16S\"", "<Period id=\"1\" start=\"PT6S\">")
        .doesNotContain("minimumUpdatePeriod", "<Period id=\"0\"");
  }

  @Test
  void write_renditionBehind_mpdNamesPeriodOnceAllAreInIt() throws Exception {
    LiveManifests manifests = ofTwoRenditions();
    assertThat(manifests.write(START)).isEmpty();
    add(manifests, "s", 0, 0, null);
    assertThat(periods(manifests)).containsExactly("0 2");
    assertThat(manifests.write(START).get("r/media.m3u8")).contains("seg-3.m4s");
    add(manifests, "s", 1, 0, null);
    // Of sound, for one, segments begin a little earlier.
    manifests.add("s", new SegmentInfo(1, 4 * TIMESCALE - 1024, 2 * TIMESCALE, TIMESCALE, 9, null));
    assertThat(periods(manifests)).containsExactly("0 2", "1 2");
    assertThat(manifests.write(START).get("manifest.mpd"))
        .contains("<Period id=\"1\" start=\"PT3.916667S\">");

    for (int i = 3; i < 7; i++) {
      add(manifests, "r", i, i / 2, null);
    }
    assertThat(periods(manifests)).as("the first has left period 0").containsExactly("1 2");
    for (int i = 7; i < 12; i++) {
      add(manifests, "r", i, i / 2, null);
    }
    assertThat(periods(manifests)).as("a window behind").containsExactly("3 1", "4 1", "5 1");
  }

  @Test
  void write_ended_mpdNamesAllPeriods() throws Exception {
    LiveManifests manifests = ofTwoRenditions();
    add(manifests, "s", 0, 0, null);
    manifests.end();
    assertThat(periods(manifests)).containsExactly("0 2", "1 1");
  }

  @Test
  void write_clock_lastInMpd() throws Exception {
    LiveStream stream = stream(KeySchedule.ALWAYS);
    LiveManifests manifests =
        stream.manifests(new LiveSettings(START, 2, 10, "https://time.example/iso"));
    add(manifests, 0, 0, protection(stream));
    assertThat(mpd(manifests))
        .containsPattern(
            "</Period>\\s*<UTCTiming schemeIdUri=\"urn:mpeg:dash:utc:http-iso:2014\""
                + " value=\"https://time.example/iso\"/>\\s*</MPD>");
  }

  @Test
  void add_longerThanPromised_refused() throws Exception {
    LiveManifests manifests = stream(KeySchedule.ALWAYS).manifests(new LiveSettings(START, 2, 10));
    assertThatThrownBy(
            () -> manifests.add("r", new SegmentInfo(0, 0, 5 * TIMESCALE / 2, TIMESCALE, 9, null)))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("live-segment-too-long"));
    assertThat(manifests.nextPath("r")).isEqualTo("r/seg-1.m4s");
  }

  @Test
  void settings_windowOfTwoSegments_refused() {
    assertThatThrownBy(() -> new LiveSettings(START, 2, 5))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("invalid-live-window"));
  }

  /** Renditions r, which is in its second key period, and s, which has nothing yet. */
  private static LiveManifests ofTwoRenditions() {
    LiveManifests manifests =
        begin(new KeySchedule(0, 4, KeyChange.NEW_PERIODS))
            .rendition("s", init)
            .build()
            .manifests(new LiveSettings(START, 2, 10));
    for (int i = 0; i < 3; i++) {
      add(manifests, "r", i, i / 2, null);
    }
    return manifests;
  }

  /** Ids of the MPD's Periods, each with the number of its Representations. */
  private static List<String> periods(LiveManifests manifests) {
    String mpd = Objects.requireNonNull(manifests.write(START).get("manifest.mpd"));
    return Pattern.compile("<Period id=\"(\\d+)\".*?</Period>", Pattern.DOTALL)
        .matcher(mpd)
        .results()
        .map(p -> p.group(1) + " " + (p.group().split("<Representation ", -1).length - 1))
        .toList();
  }

  private static void add(
      LiveManifests manifests, int number, int period, @Nullable TrackProtection protection) {
    add(manifests, "r", number, period, protection);
  }

  private static void add(
      LiveManifests manifests,
      String rendition,
      int number,
      int period,
      @Nullable TrackProtection protection) {
    manifests.add(
        rendition,
        new SegmentInfo(
            period, number * 2L * TIMESCALE, 2 * TIMESCALE, TIMESCALE, 100_000, protection));
  }

  private static String playlist(LiveManifests manifests) {
    return text(manifests.write(START), "r/media.m3u8");
  }

  private static String mpd(LiveManifests manifests) {
    return text(manifests.write(START), "manifest.mpd");
  }

  private static String text(Map<String, String> manifests, String path) {
    assertThat(manifests.keySet()).containsExactly("r/media.m3u8", "master.m3u8", "manifest.mpd");
    return manifests.getOrDefault(path, "");
  }

  /** Of a segment behind the clear lead. */
  private static TrackProtection protection(LiveStream stream) throws InterruptedException {
    byte[] late = segment.clone();
    int tfdt = new String(late, StandardCharsets.ISO_8859_1).indexOf("tfdt");
    late[tfdt + 13] = 1;
    return Objects.requireNonNull(stream.encryptor("r").encrypt(late).info().protection());
  }

  private static LiveStream stream(KeySchedule schedule) {
    return begin(schedule).build();
  }

  private static LiveStream.Builder begin(KeySchedule schedule) {
    return LiveStream.builder(
            "live",
            SampleJob.KEYS,
            Protection.of(Set.of(DrmSystem.WIDEVINE), ProtectionScheme.CBCS)
                .with(KeyRule.PRESET0)
                .with(schedule))
        .rendition("r", init);
  }
}

package io.keymux.packager.dash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TestProtection;
import io.keymux.packager.media.TestTracks;
import io.keymux.packager.media.TrackDetails;
import io.keymux.packager.media.TrackProtection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MpdWriterTest {
  private static final KeyId KID = TestProtection.keyId(1);
  private static final UUID NAGRA = UUID.fromString("adb41c24-2dbf-4a6d-958b-4457c0d27b95");
  private static final UUID OLD_FAIRPLAY = UUID.fromString("29701fe4-3cc7-4a34-8c5b-ae90c7439a47");
  private static final UUID HLS_SAMPLE_AES =
      UUID.fromString("be58615b-19c4-4684-88b3-c8c57e99e957");

  @Test
  void write_noTracks_isRefused() {
    assertRefused(new Presentation(Layout.SEGMENTS, 6, List.of()), "dash-no-tracks", "no tracks");
  }

  @Test
  void write_unknownSystemWithFragment_isCarriedByUuid() {
    MpdDocument mpd =
        written(TestProtection.dash(NAGRA, KID, "<n:a xmlns:n=\"urn:nagra\">1 &lt; 2</n:a>"));

    assertThat(system(mpd, NAGRA).get("value")).isEmpty();
    assertThat(system(mpd, NAGRA).children()).containsExactly("{urn:nagra}a=1 < 2");
  }

  @Test
  void write_psshWithoutFragment_isWrittenAsCencPssh() {
    Bytes pssh = Bytes.ofHex("00000000");
    MpdDocument mpd = written(new DrmSignaling(NAGRA, KID, pssh, null, null, null, null));

    assertThat(system(mpd, NAGRA).children()).containsExactly("{urn:mpeg:cenc:2013}pssh=AAAAAA==");
  }

  @Test
  void write_systemsForHlsOnly_areLeftOut() {
    MpdDocument mpd =
        written(
            TestProtection.hls(HLS_SAMPLE_AES, KID, "METHOD=SAMPLE-AES,URI=\"x\""),
            TestProtection.signaling(DrmSystem.FAIRPLAY, ProtectionScheme.CBCS, KID),
            TestProtection.dash(OLD_FAIRPLAY, KID, "<x xmlns=\"urn:x\"/>"),
            TestProtection.dash(DrmSystem.FAIRPLAY.systemId(), KID, "<x xmlns=\"urn:x\"/>"),
            TestProtection.dash(DrmSystem.CLEARKEY.systemId(), KID, null));

    assertThat(mpd.all("//ContentProtection"))
        .extracting(d -> d.get("schemeIdUri"))
        .containsExactly("urn:mpeg:dash:mp4protection:2011");
  }

  @Test
  void write_commonPsshBesideClearKey_isLeftOut() {
    DrmSignaling common =
        TestProtection.dash(DrmSystem.COMMON_PSSH, KID, "<c:pssh xmlns:c=\"urn:c\"/>");
    DrmSignaling clearKey =
        TestProtection.signaling(DrmSystem.CLEARKEY, ProtectionScheme.CBCS, KID);

    assertThat(written(common, clearKey).all("//ContentProtection")).hasSize(2);
    assertThat(system(written(common), DrmSystem.COMMON_PSSH).children()).hasSize(1);
  }

  @Test
  void write_fragmentWithCustomaryUndeclaredPrefixes_isTaken() {
    MpdDocument mpd =
        written(
            TestProtection.dash(
                DrmSystem.PLAYREADY.systemId(),
                KID,
                "\n <cenc:pssh>AA==</cenc:pssh><!-- and --><mspr:pro>BB==</mspr:pro>\n"));

    assertThat(system(mpd, DrmSystem.PLAYREADY.systemId()).children())
        .containsExactly("{urn:mpeg:cenc:2013}pssh=AA==", "{urn:microsoft:playready}pro=BB==");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <a:b xmlns:a="urn:a">                                           | xml-not-well-formed
          <a:b/>                                                          | xml-not-well-formed
          </ContentProtection><ContentProtection>                         | xml-not-well-formed
          </ContentProtection></MPD>                                      | xml-not-well-formed
          <!DOCTYPE x [<!ENTITY e SYSTEM "file:///e">]><a xmlns="urn:a"/> | xml-
          <a xmlns="urn:a">&e;</a>                                        | xml-not-well-formed
          QUFBQQ==                                                        | text outside
          <a xmlns="urn:a"/>QUFBQQ==                                      | text outside
          <a xmlns="urn:a"/>&#65;                                         | text outside
          <![CDATA[x]]>                                                   | text outside
          <pssh>QUFBQQ==</pssh>                                           | element pssh without
          <pssh xmlns="">QUFBQQ==</pssh>                                  | element pssh without
          <cenc:pssh>AA==                                                 | xml-not-well-formed
          <cenc:pssh>AA==</mspr:pro>                                      | xml-not-well-formed
          <cenc:pssh>AA==</cenc:pssh                                      | xml-not-well-formed
          <cenc:pssh>A<B</cenc:pssh>                                      | xml-not-well-formed
          <cenc:pssh>AA==</cenc:pssh><mspr:pro>                           | xml-not-well-formed
          <mspr:pro>AA==</mspr:pro>tail                                   | text outside
          """)
  void write_fragmentThatIsNotXml_isRefused(String fragment, String problem) {
    DrmSignaling signaling =
        TestProtection.dash(DrmSystem.WIDEVINE.systemId(), KID, fragment.strip());

    assertRefused(presentation(protection(signaling)), "signaling-not-xml", problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e\u0000n", "e\u001fn", "\ud800", "\uffff"})
  void write_valueThatXmlCannotCarry_isRefused(String language) {
    PackagedTrack audio =
        TestTracks.packagedAudio(
            TestTracks.audio("audio", "mp4a.40.2", language, 2), Layout.SEGMENTS, 128_000, null);

    assertRefused(
        new Presentation(Layout.SEGMENTS, 6, List.of(audio)), "mpd-unwritable-text", "U+");
  }

  @Test
  void write_valueWithMarkup_isEscaped() {
    String language = "<&>\"'\t\n😀";
    PackagedTrack audio =
        TestTracks.packagedAudio(
            TestTracks.audio("audio", "mp4a.40.2", language, 2), Layout.SEGMENTS, 128_000, null);
    MpdDocument mpd =
        MpdDocument.parse(MpdWriter.write(new Presentation(Layout.SEGMENTS, 6, List.of(audio))));

    assertThat(mpd.one("//AdaptationSet").get("lang")).isEqualTo(language);
  }

  @Test
  void write_segmentsThatDoNotAlign_areNotCalledAligned() {
    PackagedTrack longer =
        TestTracks.packaged(
            TestTracks.video("b", "avc1.64001f", 1280, 720, 25),
            Layout.SEGMENTS,
            24_000,
            List.of(144_144L, 72_072L, 216_216L, 60_060L),
            1_000_000,
            null);
    MpdDocument mpd =
        MpdDocument.parse(
            MpdWriter.write(
                new Presentation(Layout.SEGMENTS, 6, List.of(video("a", null), longer))));

    assertThat(mpd.one("//AdaptationSet").get("segmentAlignment")).isEmpty();
  }

  @Test
  void write_setsThatDoNotAlign_areNotLinked() {
    PackagedTrack longer =
        TestTracks.packaged(
            TestTracks.video("b", "avc1.64001f", 1280, 720, 25),
            Layout.SEGMENTS,
            24_000,
            List.of(144_144L, 72_072L, 216_216L, 60_060L),
            1_000_000,
            TestProtection.of(ProtectionScheme.CBCS, TestProtection.keyId(2), DrmSystem.WIDEVINE));
    TrackProtection first = TestProtection.of(ProtectionScheme.CBCS, KID, DrmSystem.WIDEVINE);
    MpdDocument mpd =
        MpdDocument.parse(
            MpdWriter.write(
                new Presentation(Layout.SEGMENTS, 6, List.of(video("a", first), longer))));

    assertThat(mpd.all("//AdaptationSet")).hasSize(2);
    assertThat(mpd.all("//SupplementalProperty")).isEmpty();
  }

  @Test
  void write_firstSegmentAfterZero_hasItsTime() {
    PackagedTrack track = segments(4, "v/seg-4.m4s", "v/seg-5.m4s");
    MpdDocument mpd =
        MpdDocument.parse(MpdWriter.write(new Presentation(Layout.SEGMENTS, 6, List.of(track))));

    assertThat(mpd.one("//S").get("t")).isEqualTo("500");
    assertThat(mpd.one("//S").get("r")).isEqualTo("1");
    assertThat(mpd.one("//SegmentTemplate").get("startNumber")).isEqualTo("4");
    assertThat(mpd.one("//SegmentTemplate").get("media")).isEqualTo("v/seg-$Number$.m4s");
  }

  @Test
  void write_segmentFilesWithoutPattern_isAProgrammingError() {
    for (PackagedTrack track :
        List.of(segments(1, "v/seg-1.m4s", "v/seg-3.m4s"), segments(1, "v/a.m4s", "v/b.m4s"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> MpdWriter.write(new Presentation(Layout.SEGMENTS, 6, List.of(track))));
    }
  }

  private static PackagedTrack segments(int firstNumber, String first, String second) {
    ByteRange range = new ByteRange(0, 1000);
    return new PackagedTrack(
        TestTracks.video("v", "avc1.64001f", 1280, 720, 25),
        TrackDetails.PLAIN,
        0,
        1000,
        "v/init.mp4",
        range,
        null,
        List.of(
            new Segment(firstNumber, first, range, 500, 6000, null, List.of()),
            new Segment(firstNumber + 1, second, range, 6500, 6000, null, List.of())));
  }

  private static PackagedTrack video(String name, @Nullable TrackProtection protection) {
    return TestTracks.packagedVideo(
        TestTracks.video(name, "avc1.64001f", 1280, 720, 25),
        Layout.SEGMENTS,
        1_000_000,
        protection);
  }

  private static TrackProtection protection(DrmSignaling... signaling) {
    return TestProtection.of(ProtectionScheme.CBCS, KID, List.of(signaling));
  }

  private static Presentation presentation(TrackProtection protection) {
    return new Presentation(Layout.SEGMENTS, 6, List.of(video("v", protection)));
  }

  private static MpdDocument written(DrmSignaling... signaling) {
    return MpdDocument.parse(MpdWriter.write(presentation(protection(signaling))));
  }

  private static MpdDocument system(MpdDocument mpd, UUID systemId) {
    return mpd.one("//ContentProtection[@schemeIdUri='urn:uuid:%s']".formatted(systemId));
  }

  private static void assertRefused(Presentation presentation, String code, String problem) {
    assertThatExceptionOfType(DrmException.class)
        .isThrownBy(() -> MpdWriter.write(presentation))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.problem()).contains(problem);
            });
  }
}

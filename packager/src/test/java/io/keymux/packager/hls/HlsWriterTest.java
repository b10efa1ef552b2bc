package io.keymux.packager.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.Track;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.TestPresentation;
import io.keymux.packager.media.TestProtection;
import io.keymux.packager.media.TestTracks;
import io.keymux.packager.media.TrackProtection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HlsWriterTest {
  private static final KeyId KID = TestProtection.keyId(1);

  @Test
  void write_anyCase_putsMultivariantPlaylistLast() {
    for (TestPresentation input : TestPresentation.all()) {
      List<String> paths = List.copyOf(HlsWriter.write(input.presentation()).keySet());
      assertThat(paths.indexOf("master.m3u8")).isEqualTo(paths.size() - 1);
    }
  }

  @Test
  void write_fairPlayNotInSignaling_hasNoFairPlayLine() {
    Map<String, String> playlists =
        HlsWriter.write(TestPresentation.named("preset1-cenc-single").presentation());

    assertThat(playlists.values()).noneMatch(text -> text.contains("streamingkeydelivery"));
  }

  @Test
  void write_clearTrackBesideProtected_hasNoKeyLine() {
    TrackProtection protection = TestProtection.of(ProtectionScheme.CENC, KID, DrmSystem.WIDEVINE);
    Map<String, String> playlists =
        HlsWriter.write(
            presentation(
                video("video", protection),
                audio(TestTracks.audio("audio", "mp4a.40.2", "en", 2), null)));

    assertThat(playlists.get("video/media.m3u8")).contains("#EXT-X-KEY:");
    assertThat(playlists.get("audio/media.m3u8")).doesNotContain("#EXT-X-KEY");
  }

  @Test
  void write_textTrack_isLeftOut() {
    Map<String, String> playlists =
        HlsWriter.write(TestPresentation.named("hevc-two-languages-cbcs-segments").presentation());

    assertThat(playlists.keySet()).noneMatch(path -> path.startsWith("text"));
    assertThat(playlists.get("master.m3u8")).doesNotContain("SUBTITLES", "text-en");
  }

  @Test
  void write_onlyText_isRefused() {
    PackagedTrack text =
        TestTracks.packaged(
            TestTracks.text("text", "en"), Layout.SEGMENTS, 1000, List.of(6000L), 400, null);

    assertRefused(presentation(text), "hls-no-tracks", "neither");
  }

  @Test
  void write_twoTracksOfOnePsshWithAllKids_hasOneSessionKey() {
    // Apart from KEYID, which no standard knows, the lines are equal: the pssh lists all KIDs.
    TrackProtection first = keyLine(1, "METHOD=SAMPLE-AES,URI=\"data:x\",KEYID=0x01");
    TrackProtection second = keyLine(2, "METHOD=SAMPLE-AES,URI=\"data:x\",KEYID=0x02");

    Map<String, String> playlists =
        HlsWriter.write(presentation(video("a", first), video("b", second)));

    assertThat(playlists.get("master.m3u8")).containsOnlyOnce("#EXT-X-SESSION-KEY:");
  }

  @Test
  void write_protectedTrackWithoutHlsLine_isRefused() {
    TrackProtection protection = TestProtection.of(ProtectionScheme.CENC, KID, DrmSystem.CLEARKEY);

    assertRefused(presentation(video("v", protection)), "hls-no-key-line", KID.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          EXT-X-MAP:URI="x"                                          | does not start
          EXT-X-KEY:                                                 | no attribute
          EXT-X-KEY:METHOD=SAMPLE-AES                                | no quoted URI
          EXT-X-KEY:METHOD=SAMPLE-AES,URI=x                          | no quoted URI
          EXT-X-KEY:URI="x"                                          | METHOD none at all
          EXT-X-KEY:METHOD=NONE                                      | METHOD NONE
          EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI="x"                    | cbcs media needs SAMPLE-AES
          EXT-X-KEY:METHOD=SAMPLE-AES,METHOD=SAMPLE-AES,URI="x"      | two attributes METHOD
          EXT-X-KEY:METHOD=SAMPLE-AES,URI="x",                       | no attribute
          EXT-X-KEY:METHOD=SAMPLE-AES, URI="x"                       | no attribute
          EXT-X-KEY:METHOD=SAMPLE-AES,URI="x                         | no attribute
          EXT-X-KEY:METHOD=SAMPLE-AES,URI="x"\\nhttp://evil.example/ | no attribute
          EXT-X-KEY:METHOD=SAMPLE-AES,URI="x\\r\\n#EXT-X-ENDLIST"    | no attribute
          """)
  void write_malformedKeyLine_isRefused(String line, String problem) {
    DrmSignaling signaling =
        new DrmSignaling(
            DrmSystem.WIDEVINE.systemId(), KID, null, null, "#" + unescaped(line), null, null);
    TrackProtection protection = TestProtection.of(ProtectionScheme.CBCS, KID, List.of(signaling));

    assertRefused(presentation(video("v", protection)), "signaling-not-hls", problem);
  }

  @Test
  void write_malformedSessionKeyLine_isRefusedWithoutShowingIt() {
    DrmSignaling signaling =
        new DrmSignaling(
            DrmSystem.WIDEVINE.systemId(),
            KID,
            null,
            null,
            "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"x\"",
            "#EXT-X-SESSION-KEY:METHOD=NONE,URI=\"https://token@keys.example/\"",
            null);
    TrackProtection protection = TestProtection.of(ProtectionScheme.CBCS, KID, List.of(signaling));

    assertThatExceptionOfType(DrmException.class)
        .isThrownBy(() -> HlsWriter.write(presentation(video("v", protection))))
        .withMessageNotContaining("token");
  }

  @ParameterizedTest
  @CsvSource({"e\\n#EXT,mp4a.40.2", "e\"n,mp4a.40.2", "en,mp4a\\r", "en,\"\"mp4a"})
  void write_unquotableValue_isRefused(String language, String codecs) {
    Track track = TestTracks.audio("audio", unescaped(codecs), unescaped(language), 2);

    assertRefused(presentation(audio(track, null)), "hls-unquotable", "quoted strings");
  }

  @Test
  void write_nameThatIsNoUrl_isPercentEncoded() {
    Map<String, String> playlists = HlsWriter.write(presentation(video("vidéo #1", null)));

    assertThat(playlists).containsKey("vidéo #1/media.m3u8");
    assertThat(playlists.get("master.m3u8")).contains("\nvid%C3%A9o%20%231/media.m3u8\n");
    assertThat(playlists.get("vidéo #1/media.m3u8")).contains("\nseg-1.m4s\n");
  }

  private static TrackProtection keyLine(int key, String attributes) {
    KeyId keyId = TestProtection.keyId(key);
    return TestProtection.of(
        ProtectionScheme.CBCS,
        keyId,
        List.of(TestProtection.hls(DrmSystem.WIDEVINE.systemId(), keyId, attributes)));
  }

  private static PackagedTrack video(String name, @Nullable TrackProtection protection) {
    return TestTracks.packagedVideo(
        TestTracks.video(name, "avc1.64001f", 1280, 720, 25),
        Layout.SEGMENTS,
        1_000_000,
        protection);
  }

  private static PackagedTrack audio(Track track, @Nullable TrackProtection protection) {
    return TestTracks.packagedAudio(track, Layout.SEGMENTS, 128_000, protection);
  }

  private static Presentation presentation(PackagedTrack... tracks) {
    return new Presentation(Layout.SEGMENTS, 6, List.of(tracks));
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\r", "\r");
  }

  private static void assertRefused(Presentation presentation, String code, String problem) {
    assertThatExceptionOfType(DrmException.class)
        .isThrownBy(() -> HlsWriter.write(presentation))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.problem()).contains(problem);
            });
  }
}

package io.keymux.packager.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TestProtection;
import io.keymux.packager.media.TestTracks;
import io.keymux.packager.media.TrackProtection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The key line of an encrypted init segment stands before EXT-X-MAP, and holds for nothing else.
 */
class EncryptedInitPlaylistTest {
  private static final String INIT_IV = "00112233445566778899aabbccddeeff";
  private static final String OTHER_IV = "ffeeddccbbaa99887766554433221100";
  private static final String KEY = "#EXT-X-KEY:METHOD=AES-128,URI=\"k?a,IV=0x1\"";

  /** The key server's line; how many segments stay clear; the lines up to the first segment. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " ''                    | 0 | , ; MAP ; KEY",
        " ,IV=0x%O              | 0 | , ; MAP ; KEY,IV=0x%O",
        " ,IV=0x%O,KEYFORMAT=\"identity\" | 0 | ,KEYFORMAT=\"identity\", ; MAP ; KEY,IV=0x%O,KEYFORMAT=\"identity\"",
        " ''                    | 2 | , ; MAP ; #EXT-X-KEY:METHOD=NONE",
      })
  void write_encryptedInit_hasItsOwnIvBeforeTheMap(String more, int lead, String lines) {
    String line = KEY + more.strip().replace("%O", OTHER_IV);
    PackagedTrack track = track(line, lead);

    String playlist =
        HlsWriter.write(new Presentation(Layout.SEGMENTS, 6, List.of(track)))
            .getOrDefault("v/media.m3u8", "");

    String expected =
        (KEY + lines.strip())
            .replace(" ; ", "\n")
            .replace(",\n", ",IV=0x" + INIT_IV + "\n")
            .replace("MAP\n", "#EXT-X-MAP:URI=\"init.mp4\"\n")
            .replace("\nKEY", "\n" + KEY)
            .replace("%O", OTHER_IV);
    assertThat(playlist).contains("#EXT-X-INDEPENDENT-SEGMENTS\n" + expected + "\n#EXTINF:");
    assertThat(playlist.lines().filter(l -> l.startsWith("#EXT-X-KEY"))).hasSize(lead == 0 ? 2 : 3);
  }

  private static PackagedTrack track(String line, int lead) {
    KeyId keyId = TestProtection.keyId(1);
    TrackProtection protection =
        TestProtection.of(
            ProtectionScheme.CBC1,
            keyId,
            List.of(
                TestProtection.hls(
                    DrmSystem.AES_128.systemId(), keyId, line.substring("#EXT-X-KEY:".length()))));
    PackagedTrack all =
        TestTracks.packagedVideo(
            TestTracks.video("v", "avc1.64001f", 1280, 720, 25),
            Layout.SEGMENTS,
            1_000_000,
            protection);
    List<Segment> segments = new ArrayList<>();
    for (Segment s : all.segments()) {
      segments.add(
          new Segment(
              s.number(),
              s.path(),
              s.range(),
              s.start(),
              s.duration(),
              segments.size() < lead ? null : protection,
              List.of()));
    }
    return new PackagedTrack(
        all.track(),
        all.details(),
        0,
        all.timescale(),
        all.initPath(),
        all.initRange(),
        new TrackProtection(
            keyId, ProtectionScheme.CBC1, Bytes.ofHex(INIT_IV), protection.signaling()),
        null,
        segments);
  }
}

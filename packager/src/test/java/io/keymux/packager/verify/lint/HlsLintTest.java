package io.keymux.packager.verify.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.packager.verify.manifest.PresentationFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Playlists without a fault, and each with one. */
class HlsLintTest {
  private static final String MASTER =
      """
      #EXTM3U
      #EXT-X-VERSION:6
      #EXT-X-INDEPENDENT-SEGMENTS
      #EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI="skd://a",KEYFORMAT="com.apple.streamingkeydelivery",KEYFORMATVERSIONS="1"
      #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",LANGUAGE="en",NAME="English",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="a/media.m3u8"
      #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",LANGUAGE="de",NAME="German",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="d/media.m3u8"
      #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",LANGUAGE="en",NAME="English",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="s/media.m3u8"
      #EXT-X-STREAM-INF:BANDWIDTH=2000000,AVERAGE-BANDWIDTH=1000000,CODECS="hvc1.1.6.L93.90,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=25.000,AUDIO="a",SUBTITLES="s",CLOSED-CAPTIONS=NONE
      v/media.m3u8
      #EXT-X-STREAM-INF:BANDWIDTH=4000000,AVERAGE-BANDWIDTH=3000000,CODECS="hvc1.1.6.L93.90,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=25.000,AUDIO="a",SUBTITLES="s",CLOSED-CAPTIONS=NONE
      w/media.m3u8
      #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=100000,CODECS="hvc1.1.6.L93.90",RESOLUTION=640x360,URI="v/iframes.m3u8"
      """;

  private static final String MEDIA =
      """
      #EXTM3U
      #EXT-X-VERSION:6
      #EXT-X-TARGETDURATION:6
      #EXT-X-PLAYLIST-TYPE:VOD
      #EXT-X-MAP:URI="init.mp4"
      #EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://a",KEYFORMAT="com.apple.streamingkeydelivery",KEYFORMATVERSIONS="1"
      #EXTINF:6.000,
      #EXT-X-BYTERANGE:100@0
      seg-1.m4s
      #EXTINF:4.000,
      #EXT-X-BYTERANGE:100@100
      seg-1.m4s
      #EXT-X-ENDLIST
      """;

  @TempDir private Path folder;

  @Test
  void check_faultless_findsNothing() throws IOException {
    assertThat(lint(faultless(), "master.m3u8")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "master.m3u8   | VERSION:6                  | VERSION:4            | hls-version",
        "v/media.m3u8  | VERSION:6                  | VERSION:5            | hls-version",
        "v/iframes.m3u8| VERSION:6                  | VERSION:3            | hls-version",
        "v/media.m3u8  | #EXT-X-VERSION:6           |                      | hls-version",
        "a/media.m3u8  | #EXT-X-VERSION:6           | #EXT-X-VERSION:6\\n#EXT-X-VERSION:7 | hls-tag-repeated",
        "a/media.m3u8  | #EXT-X-TARGETDURATION:6    |                      | hls-tag-missing",
        "w/media.m3u8  | TARGETDURATION:6           | TARGETDURATION:7     | hls-target-differs",
        "v/media.m3u8  | #EXTINF:4.000              | #EXTINF:6.5          | extinf-above-target",
        "v/media.m3u8  | #EXTINF:4.000              | #EXTINF:             | extinf-malformed",
        "v/media.m3u8  | #EXT-X-ENDLIST             |                      | hls-no-end",
        "d/media.m3u8  | #EXTINF:4.000              | #EXT-X-DISCONTINUITY\\n#EXTINF:4.000 | hls-discontinuities-differ",
        "w/media.m3u8  | #EXTINF:6.000              | #EXTINF:5.000        | hls-segments-differ",
        "v/media.m3u8  | METHOD=SAMPLE-AES,         | METHOD=SAMPLE-AES-CTR, | hls-fairplay-method",
        "v/media.m3u8  | METHOD=SAMPLE-AES,         | METHOD=SAMPLE,       | hls-attribute-malformed",
        "v/media.m3u8  | METHOD=SAMPLE-AES,         | 'METHOD=SAMPLE-AES,IV=0x12,' | hls-attribute-malformed",
        "v/media.m3u8  | ',URI=\"skd://a\"'         |                      | hls-attribute-missing",
        "a/media.m3u8  | METHOD=SAMPLE-AES.*        | 'METHOD=AES-128,URI=\"k\"' | hls-range-of-encrypted-file",
        "a/media.m3u8  | #EXT-X-MAP                 | '#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\\n#EXT-X-MAP' | hls-map-iv-missing",
        "a/media.m3u8  | #EXT-X-MAP(.*)             | '#EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=0x00000000000000000000000000000001\\n#EXT-X-MAP$1\\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\\n#EXTINF:1,\\nx\\n#EXTINF:1,\\ny' | hls-map-iv-reused",
        "master.m3u8   | BANDWIDTH=2000000,         |                      | hls-attribute-missing",
        "master.m3u8   | ',RESOLUTION=640x360,F'    | ',F'                 | hls-attribute-advised",
        "master.m3u8   | AVERAGE-BANDWIDTH=1000000  | AVERAGE-BANDWIDTH=2000001 | hls-attribute-malformed",
        "master.m3u8   | 'AUDIO=\"a\",SUBTITLES'    | 'AUDIO=\"b\",SUBTITLES' | hls-group-missing",
        "master.m3u8   | 'SUBTITLES=\"s\"'          | 'SUBTITLES=\"t\"'    | hls-group-missing",
        "master.m3u8   | NAME=\"German\"            | NAME=\"English\"     | hls-group-contradiction",
        "master.m3u8   | 'NAME=\"German\",DEFAULT=NO' | 'NAME=\"German\",DEFAULT=YES' | hls-group-contradiction",
        "master.m3u8   | 'DEFAULT=YES,AUTOSELECT=YES' | 'DEFAULT=YES,AUTOSELECT=NO' | hls-group-contradiction",
        "master.m3u8   | LANGUAGE=\"de\"            | LANGUAGE=\"en\"      | hls-group-contradiction",
        "master.m3u8   | CHANNELS=\"2\",URI=\"d     | 'FORCED=YES,URI=\"d' | hls-group-contradiction",
        "master.m3u8   | ',NAME=\"German\"'         |                      | hls-attribute-missing",
        "master.m3u8   | ',URI=\"s/media.m3u8\"'    |                      | hls-attribute-missing",
        "master.m3u8   | CODECS=\"hvc1.1.6.L93.90\",RES | 'AUDIO=\"a\",RES'  | hls-attribute-forbidden",
        "v/iframes.m3u8| #EXT-X-I-FRAMES-ONLY       |                      | hls-tag-missing",
        "master.m3u8   | #EXT-X-I-FRAME-STREAM.*    |                      | hls-no-iframes",
        "master.m3u8   | METHOD=SAMPLE-AES          | METHOD=NONE          | hls-session-key",
        "master.m3u8   | (#EXT-X-SESSION-KEY.*)     | $1\\n$1              | hls-session-key",
        "master.m3u8   | #EXT-X-INDEPENDENT-SEGMENTS |                     | hls-no-independent-segments",
        "v/media.m3u8  | #EXT-X-MAP.*               |                      | hls-codec-in-ts",
        "master.m3u8   | w/media.m3u8               | #                    | hls-tag-missing",
      })
  void check_oneFault_isFound(String file, String from, String to, String code) throws IOException {
    Map<String, String> files = faultless();
    String changed =
        files.getOrDefault(file, "").replaceFirst(from, to == null ? "" : to.replace("\\n", "\n"));
    assertThat(changed).as("the fault is there").isNotEqualTo(files.put(file, changed));

    assertThat(lint(files, "master.m3u8")).contains(code);
  }

  @Test
  void check_renditionThatEndsEarly_isFoundUnlessItIsText() throws IOException {
    Map<String, String> files = faultless();
    String twice =
        MEDIA.replace(
            "#EXT-X-ENDLIST", "#EXTINF:6.000,\nx.m4s\n#EXTINF:2.0,\ny.m4s\n#EXT-X-ENDLIST");
    files.put("s/media.m3u8", twice);
    assertThat(lint(files, "master.m3u8")).isEmpty();

    files.put("d/media.m3u8", twice);
    assertThat(lint(files, "master.m3u8")).containsExactly("hls-durations-differ");
  }

  @Test
  void check_mediaPlaylistAlone_isChecked() throws IOException {
    Map<String, String> files = faultless();
    files.put("v/media.m3u8", MEDIA.replace("#EXT-X-ENDLIST\n", ""));

    assertThat(lint(files, "v/media.m3u8")).containsExactly("hls-no-end");
  }

  @Test
  void check_playlistsThatAreMissing_areSomebodyElsesFinding() throws IOException {
    assertThat(lint(Map.of("master.m3u8", MASTER), "master.m3u8")).isSubsetOf("hls-no-iframes");
    assertThat(lint(Map.of(), "nothing.m3u8")).isEmpty();
  }

  private static Map<String, String> faultless() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("master.m3u8", MASTER);
    for (String track : List.of("v", "w", "a", "d", "s")) {
      files.put(track + "/media.m3u8", MEDIA);
    }
    files.put(
        "v/iframes.m3u8",
        MEDIA.replace("#EXT-X-PLAYLIST", "#EXT-X-I-FRAMES-ONLY\n#EXT-X-PLAYLIST"));
    return files;
  }

  private List<String> lint(Map<String, String> files, String playlist) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    List<String> codes = new ArrayList<>();
    HlsLint.check(
        new PresentationFolder(folder, (code, place, message) -> {}),
        folder.resolve(playlist),
        new LintProblems() {
          @Override
          public void error(String code, String place, String message) {
            assertThat(message).isNotBlank();
            codes.add(code);
          }

          @Override
          public void warning(String code, String place, String message) {
            error(code, place, message);
          }
        });
    return codes;
  }
}

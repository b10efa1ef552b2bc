package io.keymux.packager.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentPlaylistTest {
  private static final String MAP = "#EXT-X-MAP:URI=\"init.mp4\"|";
  private static final String SEGMENT = "#EXTINF:6,|seg-1.m4s|";
  private static final String END = "#EXT-X-ENDLIST";

  @TempDir Path temp;

  @Test
  void read_mediaPlaylist_filesBesideIt() throws Exception {
    SegmentPlaylist<Path> read =
        read(
            "#EXT-X-VERSION:7|#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://a\",KEYFORMAT=\"b\"|"
                + "#EXT-X-MAP:URI=\"../v%201/init.mp4\"|#EXT-X-PROGRAM-DATE-TIME:2024-01-01T00:00:00Z|"
                + SEGMENT
                + "#EXT-X-MAP:URI=\"../v%201/init.mp4\"|#EXTINF:2.5,title|./b/seg-2.m4s|"
                + END);
    assertThat(read.init()).isEqualTo(temp.resolve("v 1/init.mp4"));
    assertThat(read.segments())
        .containsExactly(temp.resolve("hls/seg-1.m4s"), temp.resolve("hls/b/seg-2.m4s"));
  }

  @ParameterizedTest
  @CsvSource({
    "#EXT-X-STREAM-INF:BANDWIDTH=1|video.m3u8|,         EXT-X-STREAM-INF in line 2",
    "#EXT-X-DISCONTINUITY|,                             EXT-X-DISCONTINUITY",
    "#EXT-X-GAP|,                                       EXT-X-GAP",
    "#EXT-X-BYTERANGE:12@0|,                            EXT-X-BYTERANGE",
    "#EXT-X-KEY:METHOD=AES-128|,                        METHOD=AES-128",
    "'#EXT-X-MAP:URI=\"a.mp4\",BYTERANGE=\"1@0\"|',     no whole file",
    "#EXT-X-MAP:URI=\"other.mp4\"|,                     a second EXT-X-MAP",
    "https://cdn.example/seg-9.m4s|,                    no relative path",
    "//cdn.example/seg-9.m4s|,                          no relative path",
    "seg 9.m4s|,                                        no URI"
  })
  void read_notOneRunOfFiles_refused(String lines, String message) throws Exception {
    assertThat(refusal("#EXTM3U|" + lines + MAP + SEGMENT + END, "playlist-unsupported"))
        .contains(message);
  }

  @Test
  void read_incomplete_refused() throws Exception {
    assertThat(refusal("#EXTM3U|" + MAP + SEGMENT, "playlist-unsupported")).contains("ENDLIST");
    assertThat(refusal("#EXTM3U|" + SEGMENT + END, "playlist-unsupported")).contains("EXT-X-MAP");
    assertThat(refusal("#EXTM3U|" + MAP + END, "playlist-unsupported")).contains("no segment");
    assertThat(refusal("", "not-a-playlist")).contains("list.m3u8");
    assertThat(refusal("ftyp", "not-a-playlist")).contains("#EXTM3U");
    DrmException missing =
        catchThrowableOfType(
            DrmException.class, () -> SegmentPlaylist.read(temp.resolve("no.m3u8")));
    assertThat(missing.code()).isEqualTo("input-unreadable");
  }

  private String refusal(String text, String code) throws Exception {
    Path playlist = playlist(text);
    DrmException refusal =
        catchThrowableOfType(DrmException.class, () -> SegmentPlaylist.read(playlist));
    assertThat(refusal.code()).as(refusal.problem()).isEqualTo(code);
    return refusal.problem();
  }

  private SegmentPlaylist<Path> read(String text) throws Exception {
    return SegmentPlaylist.read(playlist("#EXTM3U|" + text));
  }

  private Path playlist(String text) throws Exception {
    Path folder = Files.createDirectories(temp.resolve("hls"));
    return Files.writeString(folder.resolve("list.m3u8"), text.replace("|", "\r\n"));
  }
}

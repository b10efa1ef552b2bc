package io.keymux.packager.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeUrlTest {
  @ParameterizedTest
  @CsvSource({
    "video-720p/seg-1.m4s, video-720p/seg-1.m4s",
    "a b/c#d?e%f, a%20b/c%23d%3Fe%25f",
    "$Number$:1, %24Number%24%3A1",
    "é/x, %C3%A9/x",
  })
  void of_path_encodesAllButUnreserved(String path, String url) {
    assertThat(RelativeUrl.of(path)).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "video, video/init.mp4, init.mp4",
    "video, video.mp4, ../video.mp4",
    "video, video-2/init.mp4, ../video-2/init.mp4",
  })
  void from_folder_isRelativeToIt(String folder, String path, String url) {
    assertThat(RelativeUrl.from(folder, path)).isEqualTo(url);
  }
}

package io.keymux.testvectors.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.testvectors.Repository;
import io.keymux.testvectors.oracle.Ffmpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClearSamplesTest {

  static Stream<Path> clearFiles() {
    List<Path> files = new ArrayList<>(Repository.sampleLadder());
    if (Repository.hasThirdParty()) {
      files.addAll(Repository.list(Repository.thirdParty("packaging/clear-sources"), ".mp4"));
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("clearFiles")
  void read_clearFile_agreesWithFfmpeg(Path file) throws IOException {
    List<JudgedTrack> tracks = ClearSamples.read(file);

    assertThat(tracks).isNotEmpty();
    for (int i = 0; i < tracks.size(); i++) {
      assertThat(tracks.get(i).streamHash()).isEqualTo(Ffmpeg.streamHash(file, i));
    }
  }
}

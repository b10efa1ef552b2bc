package io.keymux.testvectors.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.testvectors.judge.JudgedSample;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.oracle.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * ffmpeg finds in each odd file the samples that its case says, but where the case has {@code
 * ffmpeg=no}: there it reads less than the file holds.
 */
@Execution(ExecutionMode.CONCURRENT)
class OddFileFfmpegIT {

  static List<OddCase> cases() throws IOException {
    return OddCase.all().stream()
        .filter(odd -> !odd.isRefused() && !odd.wishes().containsKey("ffmpeg"))
        .toList();
  }

  @BeforeAll
  static void ffmpegIsThere() {
    Ffmpeg.require();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void ffmpeg_oddFile_findsTheSamplesOfTheCase(OddCase odd, @TempDir Path work) throws Exception {
    Path input = Files.write(work.resolve("input.mp4"), odd.make());
    for (Expected track : Expected.of(odd)) {
      List<JudgedSample> samples =
          track.samples().stream().map(data -> new JudgedSample(data, null)).toList();
      assertThat(Ffmpeg.streamHash(input, track.index()))
          .isEqualTo(new JudgedTrack(1, "", "", samples).streamHash());
    }
  }
}

package io.keymux.packager.hls;

import io.keymux.packager.golden.GoldenFiles;
import io.keymux.packager.media.TestPresentation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HlsGoldenTest {
  @ParameterizedTest
  @MethodSource("io.keymux.packager.media.TestPresentation#all")
  void write_case_matchesGoldenFiles(TestPresentation input) {
    new GoldenFiles("hls/" + input.folder()).assertHolds(HlsWriter.write(input.presentation()));
  }
}

package io.keymux.packager.dash;

import io.keymux.packager.golden.GoldenFiles;
import io.keymux.packager.media.TestPresentation;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MpdGoldenTest {
  @ParameterizedTest
  @MethodSource("io.keymux.packager.media.TestPresentation#all")
  void write_case_matchesGoldenFile(TestPresentation input) {
    new GoldenFiles("dash/" + input.folder())
        .assertHolds(Map.of(MpdWriter.PATH, MpdWriter.write(input.presentation())));
  }
}

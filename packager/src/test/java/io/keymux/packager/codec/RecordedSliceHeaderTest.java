package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that Shaka Packager 3.4.2 encrypted: it begins to encrypt where the slice data begins. */
class RecordedSliceHeaderTest {

  @ParameterizedTest
  @CsvSource({
    "shaka-generated/cbcs.h264_aac.video.mp4, 100",
    "shaka-generated/cbcs.h264_4slice.video.mp4, 200",
    "shaka-generated/cbcs.hevc.video.mp4, 96",
  })
  void clearBytes_shakaOutput_sameProtectedRanges(String name, int leastSlices) throws IOException {
    Path file = Path.of(System.getProperty("keymux.vectors"), "packaging", name);
    assumeTrue(Files.exists(file), () -> "no third-party vectors: " + name);

    assertThat(SliceHeaderComparison.assertSame(new EncryptedFile(file)))
        .isGreaterThanOrEqualTo(leastSlices);
  }
}

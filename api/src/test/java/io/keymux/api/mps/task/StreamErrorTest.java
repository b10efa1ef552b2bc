package io.keymux.api.mps.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.job.Job;
import io.keymux.api.job.JobProgress;
import io.keymux.api.job.JobSpec;
import io.keymux.api.job.JobState;
import io.keymux.api.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose fault a failure is, in Tencent's codes. */
class StreamErrorTest {
  private static final Path ERRORS =
      Path.of(System.getProperty("keymux.root", ".."), "docs/errors.md");

  /** Of the table of inputs: what is asked for is at fault, not the file. */
  private static final Set<String> OF_THE_WISH =
      Set.of(
          "absolute-offsets",
          "asset-iv-differs",
          "asset-key-missing",
          "asset-not-encrypted",
          "bento4-not-supported",
          "codec-not-in-ts",
          "invalid-segment-pattern",
          "invalid-source-keys",
          "keys-in-media",
          "loop-unsupported",
          "output-is-input",
          "sample-aes-not-defined",
          "segments-not-found",
          "source-key-missing",
          "thumbnails-differ",
          "thumbnails-indivisible",
          "thumbnails-too-few",
          "thumbnails-too-many");

  private static StreamError of(String code, int status) {
    JobSpec spec = new JobSpec(null, null, null, null, null, null, null, null, null);
    Problem problem =
        new Problem("/problems/" + code, "", status, "D.", code, null, null, false, List.of());
    return StreamError.of(
        Optional.of(
            new Job(
                "id",
                "acme",
                JobState.FAILED,
                0,
                JobProgress.NONE,
                1,
                Instant.EPOCH,
                null,
                null,
                null,
                Map.of(),
                spec,
                problem,
                null,
                "file:///out/")));
  }

  static Stream<String> codesOfInputs() throws IOException {
    String page = Files.readString(ERRORS);
    int start = page.indexOf("\n## Inputs\n") + 1;
    String table = page.substring(start, page.indexOf("\n## ", start));
    return Pattern.compile("^\\| `([a-z0-9-]+)` \\|", Pattern.MULTILINE)
        .matcher(table)
        .results()
        .map(row -> row.group(1));
  }

  @ParameterizedTest
  @MethodSource("codesOfInputs")
  void of_codeOfAnInput_isTheSourceFilesUnlessListedHere(String code) {
    StreamError error = of(code, 422);

    if (OF_THE_WISH.contains(code)) {
      assertThat(error.codeExt()).isEqualTo("InvalidInput");
      assertThat(error.code()).isEqualTo(40_000);
    } else {
      assertThat(error.codeExt()).startsWith("SourceFileError");
      assertThat(error.code()).isEqualTo(60_000);
    }
    assertThat(error.message()).isEqualTo("D. (" + code + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "no-tracks, 422, SourceFileError.NoVideoMedia, 60000",
    "no-media, 422, SourceFileError.NoVideoMedia, 60000",
    "not-an-mp4, 422, SourceFileError, 60000",
    "edit-list-unsupported, 501, SourceFileError, 60000",
    "storage-unavailable, 502, SourceFileError, 60000",
    "storage-unavailable, 507, InternalError, 70000",
    "key-server-timeout, 502, InvalidInput.KeyServerUnreachable, 40000",
    "scheme-not-supported, 422, InvalidInput, 40000",
    "internal, 500, InternalError, 70000",
  })
  void of_failedJob_hasThisCode(String code, int status, String ext, int number) {
    StreamError error = of(code, status);

    assertThat(error.codeExt()).isEqualTo(ext);
    assertThat(error.code()).isEqualTo(number);
  }
}

package io.keymux.testvectors.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keymux.cpix.DrmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every odd file gets a right result or a clear refusal, soon. */
@Execution(ExecutionMode.CONCURRENT)
class OddFileTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  static List<OddCase> cases() throws IOException {
    return OddCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void package_oddFile_asTheCaseSays(OddCase odd, @TempDir Path work) throws Exception {
    Path input = Files.write(work.resolve("input.mp4"), odd.make());
    int variant = Math.floorMod(odd.id().hashCode(), 4);
    Assertions.assertTimeoutPreemptively(
        LIMIT,
        () -> {
          if (odd.isRefused()) {
            refused(odd, input, variant, work);
          } else {
            packaged(odd, OddJob.run(input, variant, work));
          }
        });
  }

  @Test
  void cases_ids_areUnique() throws IOException {
    Set<String> ids = new HashSet<>();
    assertThat(OddCase.all()).hasSizeGreaterThan(120).allSatisfy(c -> ids.add(c.id()));
    assertThat(ids).hasSameSizeAs(OddCase.all());
  }

  private static void refused(OddCase odd, Path input, int variant, Path work) {
    Throwable thrown = catchThrowable(() -> OddJob.run(input, variant, work));
    assertThat(thrown)
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).as(e.problem()).isEqualTo(odd.refusal());
              assertThat(e.problem()).containsAnyOf("input.mp4", "Track video");
              assertThat(e.remedy()).isNotBlank();
            });
    assertThat(work.resolve("out")).doesNotExist();
  }

  private static void packaged(OddCase odd, List<OddJob.Result> results) throws IOException {
    List<Expected> wanted = Expected.of(odd);
    assertThat(results).as("tracks").hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      Expected track = wanted.get(i);
      OddJob.Result result = results.get(i);
      assertThat(result.samples()).as("samples of track " + i).isEqualTo(track.samples());
      OutputTimes times = result.times();
      assertThat(times.presentation()).as("times of track " + i).isEqualTo(track.presentation());
      assertThat(times.end()).as("end of track " + i).isEqualTo(track.end());
      assertThat(times.shown()).as("edit of track " + i).isEqualTo(track.shown());
      assertThat(times.sync()).as("sync samples of track " + i).isEqualTo(track.sync());
      assertThat(result.covered()).as("encrypted bytes of track " + i).isPositive();
    }
  }
}

package io.keymux.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.packager.job.InvalidJobException;
import io.keymux.packager.job.OutputNames;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of variables that are not known. */
class OutputWishesTest {

  private static OutputNames names(@Nullable String unknown) {
    JobSpec spec =
        new JobSpec(
            null,
            null,
            null,
            null,
            new JobSpec.Output(
                null,
                null,
                null,
                new JobSpec.Names("{taskId}-{my}.{format}", null, null, null, null, unknown)),
            null,
            null,
            null,
            null);
    return Objects.requireNonNull(OutputWishes.names(spec, "job-1"));
  }

  @Test
  void unknown_kept_standsInTheName() {
    assertThat(names("kept").manifest("mpd")).isEqualTo("job-1-{my}.mpd");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, output.names.manifest",
        "refused, output.names.manifest",
        "ignored, output.names.unknown"
      })
  void unknown_unlessKept_isRefused(@Nullable String unknown, String field) {
    InvalidJobException refused =
        catchThrowableOfType(InvalidJobException.class, () -> names(unknown).manifest("mpd"));

    assertThat(refused.code()).isEqualTo("invalid-output-name");
    assertThat(refused.field()).isEqualTo(field);
  }
}

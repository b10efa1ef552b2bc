package io.keymux.packager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.packager.job.VerifyLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobReportTest {
  @TempDir Path temp;

  @Test
  void files_withDigests_areThoseOnTheDisk() throws Exception {
    JsonNode files = files(true);

    Map<String, String> written = SampleJob.contents(output());
    written.values().removeIf("folder"::equals);
    written.remove("keymux-report.json");
    assertThat(files.fieldNames()).toIterable().containsExactlyElementsOf(written.keySet());
    for (Map.Entry<String, String> file : written.entrySet()) {
      JsonNode said = files.path(file.getKey());
      assertThat(said.path("sha256").asText()).as(file.getKey()).isEqualTo(file.getValue());
      assertThat(said.path("bytes").asLong())
          .isEqualTo(Files.size(output().resolve(file.getKey())));
    }
  }

  @Test
  void files_byDefault_haveSizesAlone() throws Exception {
    JsonNode files = files(false);

    assertThat(files).isNotEmpty();
    assertThat(files).allSatisfy(file -> assertThat(file.path("bytes").asLong()).isPositive());
    assertThat(files).noneMatch(file -> file.has("sha256"));
  }

  @Test
  void input_isMeasured() throws Exception {
    JsonNode report = report(false);

    assertThat(report.path("inputBytes").asLong())
        .isEqualTo(
            Files.size(SampleJob.sample("video-360p"))
                + Files.size(SampleJob.sample("audio-stereo")));
    assertThat(report.path("tracks").path(0).path("rotation").asInt(-1)).isZero();
  }

  private JsonNode files(boolean digests) throws Exception {
    return report(digests).path("files");
  }

  private JsonNode report(boolean digests) throws Exception {
    Keymux.packager()
        .keys(SampleJob.KEYS)
        .run(SampleJob.small(output()).verify(VerifyLevel.NONE).digests(digests).build());
    return new ObjectMapper().readTree(output().resolve("keymux-report.json").toFile());
  }

  private Path output() {
    return temp.resolve("out");
  }
}

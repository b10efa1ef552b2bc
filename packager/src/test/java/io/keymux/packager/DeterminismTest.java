package io.keymux.packager;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeterminismTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "CENC, SEGMENTS, preset0",
    "CENC, SINGLE_FILE, preset1",
    "CBCS, SEGMENTS, preset1",
    "CBCS, SINGLE_FILE, per-type"
  })
  void run_anyNumberOfWorkersAndAnotherRun_writesTheSameBytes(
      ProtectionScheme scheme, Layout layout, KeyRule rule) throws Exception {
    Map<String, String> one = run("one", 1, scheme, layout, rule);

    assertThat(one).containsKeys("manifest.mpd", "master.m3u8", "keymux-report.json");
    assertThat(run("again", 1, scheme, layout, rule)).isEqualTo(one);
    assertThat(run("two", 2, scheme, layout, rule)).isEqualTo(one);
    assertThat(run("eight", 8, scheme, layout, rule)).isEqualTo(one);
    // Over an earlier result.
    assertThat(run("two", 8, scheme, layout, rule)).isEqualTo(one);
  }

  private Map<String, String> run(
      String name, int workers, ProtectionScheme scheme, Layout layout, KeyRule rule)
      throws Exception {
    Path output = temp.resolve(name);
    PackagingJob job =
        SampleJob.ladder(output)
            .scheme(scheme)
            .layout(layout)
            .keyRule(rule)
            .verify(VerifyLevel.STRUCTURE)
            .build();
    Keymux.packager().keys(SampleJob.KEYS).workers(workers).run(job);
    return SampleJob.contents(output);
  }
}

package io.keymux.api.bench;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import java.nio.file.Path;
import java.util.List;

/**
 * A job in this process, which has run others before.
 *
 * @param packager with its number of threads
 */
record WarmEngine(
    Label label,
    BenchInputs inputs,
    Keymux packager,
    ProtectionScheme scheme,
    Layout layout,
    VerifyLevel verify)
    implements BenchCase {

  @Override
  public List<String> commands() {
    return List.of(
        "Keymux.packager().keys(testKey).run(job): %s, %s, verify %s"
            .formatted(scheme.fourCc(), layout, verify.id()));
  }

  @Override
  public Measurement run(Path out) throws InterruptedException {
    PackagingJob.Builder job =
        PackagingJob.builder()
            .contentId("bench")
            .scheme(scheme)
            .layout(layout)
            .verify(verify)
            .output(out);
    inputs.files().forEach(job::input);
    return Measurement.inProcess(() -> packager.run(job.build()));
  }
}

package io.keymux.api.job;

import io.keymux.packager.job.OutputNames;
import java.net.URI;
import java.nio.file.Path;

/** Where a job's output lies on this machine; of one that went to a bucket, its report alone. */
public final class OutputFolder {
  private static final String REPORT = "keymux-report.json";

  private OutputFolder() {}

  public static Path of(Job job) {
    return Path.of(URI.create(job.output()));
  }

  /** The job's report, which may not be there. */
  public static Path report(Job job) {
    OutputNames names = OutputWishes.names(job.spec(), job.id());
    return of(job).resolve(names == null ? REPORT : names.manifest(REPORT));
  }
}

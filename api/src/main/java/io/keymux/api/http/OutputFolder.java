package io.keymux.api.http;

import io.keymux.api.job.Job;
import java.net.URI;
import java.nio.file.Path;

/** Where a job's output lies on this machine. */
final class OutputFolder {
  private OutputFolder() {}

  static Path of(Job job) {
    return Path.of(URI.create(job.output()));
  }
}

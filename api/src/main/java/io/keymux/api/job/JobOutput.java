package io.keymux.api.job;

import io.keymux.packager.job.OutputNames;
import io.keymux.packager.job.PackagingJob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an attempt published. It is kept with the job's end, since the next one who asks may ask
 * another node, and the files may be moved.
 *
 * @param uri of its folder, on the machine that ran the job, or of the bucket that it went to
 * @param report its {@code keymux-report.json}, or null if it is not there any more
 */
public record JobOutput(String uri, @Nullable String report) {
  private static final Logger log = LoggerFactory.getLogger(JobOutput.class);
  private static final String REPORT = "keymux-report.json";

  /**
   * Of an attempt that has just published.
   *
   * @param spec of the job, as it is kept
   */
  public static JobOutput of(PreparedJob done, JobSpec spec) {
    JobSpec.Output wish = spec.output();
    String url = wish == null ? null : wish.url();
    Path folder = done.job().output();
    String uri = done.destination() == null || url == null ? folder.toUri().toString() : url;
    return new JobOutput(uri, report(done.job()));
  }

  private static @Nullable String report(PackagingJob job) {
    OutputNames names = job.names();
    try {
      return Files.readString(
          job.output().resolve(names == null ? REPORT : names.manifest(REPORT)));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      // What is published stays so; only the question what is in it goes without an answer.
      log.warn("a report in {} cannot be read: {}", job.output(), e.getClass().getSimpleName());
      return null;
    }
  }

  /** The folder of a finished job; null if its output is not a folder of a machine. */
  public static @Nullable Path folder(Job job) {
    return job.output().startsWith("file:") ? Path.of(URI.create(job.output())) : null;
  }
}

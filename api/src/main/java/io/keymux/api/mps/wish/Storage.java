package io.keymux.api.mps.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.job.JobSecrets;
import org.jspecify.annotations.Nullable;

/**
 * A bucket.
 *
 * @param url of its root, without a slash at the end: {@code file:} or {@code s3:}
 * @param access null where the service needs none, or has its own
 * @param echo as answers show it, without secrets
 */
public record Storage(String url, JobSecrets.@Nullable StorageAccess access, ObjectNode echo) {
  public Storage {
    echo = echo.deepCopy();
  }

  /** The URL of an object, or of a folder. */
  public String urlOf(ObjectPath path) {
    // Keys of S3 stand in URLs as they are.
    return url + (url.startsWith("s3:") ? path.text() : path.encoded());
  }

  @Override
  public ObjectNode echo() {
    return echo.deepCopy();
  }
}

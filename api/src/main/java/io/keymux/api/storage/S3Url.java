package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A place in a bucket.
 *
 * @param key without a slash at its start; may be empty
 */
record S3Url(String bucket, String key) {
  private static final String FORM = "s3://bucket/key";

  /**
   * The key is taken as it stands, without decoding: {@code %} and {@code +} are characters of
   * keys, as the tools of AWS have it.
   *
   * @throws StorageException with code {@code url-not-supported}
   */
  static S3Url of(String url) {
    int slash = url.indexOf('/', 5);
    String bucket = slash < 0 ? url.substring(5) : url.substring(5, slash);
    String key = slash < 0 ? "" : url.substring(slash + 1);
    if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]")) {
      throw StorageException.notSupported("The URL names no bucket.", "Write it as " + FORM + ".");
    }
    if (key.length() > 1024 || key.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw StorageException.notSupported(
          "The key in bucket %s is longer than 1024 characters or has a control character."
              .formatted(bucket),
          "Write it as " + FORM + ".");
    }
    return new S3Url(bucket, key);
  }

  /** What a playlist at this place names, which lies in the same bucket; null if it does not. */
  @Nullable S3Url resolve(URI reference) {
    if (reference.getScheme() != null
        || reference.getRawAuthority() != null
        || reference.getPath() == null
        || reference.getPath().isEmpty()) {
      return null;
    }
    try {
      // A base whose path is the key: dots in the reference are followed as browsers do.
      URI base = new URI("s3", "bucket", "/" + key, null);
      URI found = base.resolve(new URI(null, null, reference.getPath(), null)).normalize();
      String path = found.getPath();
      return path.startsWith("/../") ? null : new S3Url(bucket, path.substring(1));
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Where the last name begins. */
  int nameStart() {
    return key.lastIndexOf('/') + 1;
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}

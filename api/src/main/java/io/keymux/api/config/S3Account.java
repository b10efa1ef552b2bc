package io.keymux.api.config;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Buckets that jobs may name, and how to reach them.
 *
 * @param buckets their names
 * @param endpoint of the storage, or null for that of AWS in the region
 * @param region or null for that of the machine
 * @param pathStyle whether the bucket stands in the path, not in the host name
 */
public record S3Account(
    List<NameGlob> buckets,
    @Nullable URI endpoint,
    @Nullable String region,
    boolean pathStyle,
    S3Credentials credentials) {
  public S3Account {
    buckets = List.copyOf(buckets);
  }

  /** Whether it is for a bucket. */
  public boolean isFor(String bucket) {
    return buckets.stream().anyMatch(glob -> glob.matches(bucket));
  }
}

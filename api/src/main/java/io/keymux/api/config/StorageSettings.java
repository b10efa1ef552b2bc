package io.keymux.api.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The storage that jobs may name, beside local files.
 *
 * @param http which web servers inputs may be on, or null for none
 * @param s3 accounts; the first whose buckets match is taken
 * @param requestCredentials where jobs may use credentials of their own, or null for nowhere
 */
public record StorageSettings(
    @Nullable HttpInputs http,
    List<S3Account> s3,
    @Nullable RequestCredentials requestCredentials) {
  /** Local files alone. */
  public static final StorageSettings NONE = new StorageSettings(null, List.of(), null);

  public StorageSettings {
    s3 = List.copyOf(s3);
  }
}

package io.keymux.api.job;

import io.keymux.api.storage.StorageCredentials;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * What a job needs and nobody may read back: it is never part of {@link JobSpec}, which is shown
 * and kept in clear. Prints nothing of itself.
 *
 * @param keyServerUrl goes before {@code protection.keyServer}, which then only shows the host; in
 *     UTF-8, with tickets and passwords
 * @param key of the caller's own, for all tracks, in place of a key server's
 * @param inputUrl goes before {@code input.url}; in UTF-8, with a signature or a password
 * @param input what reads the input
 * @param output what writes the output
 */
public record JobSecrets(
    @Nullable SecretBytes keyServerUrl,
    @Nullable OwnKey key,
    @Nullable SecretBytes inputUrl,
    @Nullable StorageAccess input,
    @Nullable StorageAccess output) {
  /** Nothing is secret. */
  public static final JobSecrets NONE = new JobSecrets(null, null, null, null, null);

  /**
   * A key that the caller brought.
   *
   * @param value 16 bytes
   * @param iv 16 bytes, or null to leave it to the job
   */
  public record OwnKey(SecretBytes value, @Nullable Bytes iv) {
    public OwnKey {
      if (value.size() != 16 || (iv != null && iv.size() != 16)) {
        throw new IllegalArgumentException("a key and its IV have 16 bytes each");
      }
    }

    @Override
    public String toString() {
      return "OwnKey";
    }
  }

  /**
   * An access key of a store that speaks S3.
   *
   * @param secretAccessKey in UTF-8
   * @param region of the bucket
   */
  public record StorageAccess(String accessKeyId, SecretBytes secretAccessKey, String region) {
    /** As the storage takes it; null for null. */
    static @Nullable StorageCredentials credentials(@Nullable StorageAccess access) {
      return access == null
          ? null
          : new StorageCredentials(access.accessKeyId(), access.secretAccessKey(), access.region());
    }

    @Override
    public String toString() {
      return "StorageAccess[" + region + "]";
    }
  }

  /** Whether there is nothing to keep. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  @Override
  public String toString() {
    return isEmpty() ? "JobSecrets[]" : "JobSecrets[…]";
  }
}

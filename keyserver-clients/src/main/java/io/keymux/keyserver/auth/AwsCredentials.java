package io.keymux.keyserver.auth;

import io.keymux.cpix.SecretBytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What requests to AWS are signed with.
 *
 * @param accessKeyId sent with every request
 * @param secret the secret access key in UTF-8
 * @param sessionToken of temporary credentials, else null
 * @param expiry of temporary credentials, else null
 */
public record AwsCredentials(
    String accessKeyId,
    SecretBytes secret,
    @Nullable String sessionToken,
    @Nullable Instant expiry) {

  /** Of a user, without an end. */
  public static AwsCredentials of(String accessKeyId, SecretBytes secret) {
    return new AwsCredentials(accessKeyId, secret, null, null);
  }

  @Override
  public String toString() {
    return "AwsCredentials[" + (expiry == null ? "no expiry" : "until " + expiry) + "]";
  }
}

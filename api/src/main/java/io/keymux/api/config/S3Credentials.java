package io.keymux.api.config;

import io.keymux.cpix.SecretBytes;
import org.jspecify.annotations.Nullable;

/** How an account proves who it is. */
public sealed interface S3Credentials {

  /** What the machine is configured for: environment, profile, container or instance role. */
  record Default() implements S3Credentials {}

  /** None: for buckets that everybody may read. */
  record Anonymous() implements S3Credentials {}

  /**
   * A fixed access key.
   *
   * @param sessionToken of temporary credentials, or null
   */
  record Static(String accessKeyId, SecretBytes secret, @Nullable SecretBytes sessionToken)
      implements S3Credentials {}

  /**
   * A role, assumed with what the machine is configured for.
   *
   * @param externalId that the role's owner asks for, or null
   * @param sessionName shown in the owner's logs
   */
  record AssumeRole(String roleArn, @Nullable String externalId, String sessionName)
      implements S3Credentials {}
}

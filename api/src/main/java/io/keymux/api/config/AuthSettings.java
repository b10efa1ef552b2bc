package io.keymux.api.config;

import io.keymux.cpix.SecretBytes;
import org.jspecify.annotations.Nullable;

/** How clients of the embedded key server prove who they are. */
public sealed interface AuthSettings {

  /** They do not have to. */
  record None() implements AuthSettings {}

  /**
   * @param password in UTF-8
   * @see "RFC 7617, The 'Basic' HTTP Authentication Scheme"
   */
  record Basic(String user, SecretBytes password) implements AuthSettings {}

  /**
   * @param token in ASCII
   * @see "RFC 6750, Bearer Token Usage"
   */
  record Bearer(SecretBytes token) implements AuthSettings {}

  /**
   * AWS Signature Version 4 for the service {@code execute-api}.
   *
   * @param region the only one that is accepted, or null for any
   * @see "AWS, Signature Version 4 signing process"
   */
  record SigV4(String accessKeyId, SecretBytes secretAccessKey, @Nullable String region)
      implements AuthSettings {}
}

package io.keymux.keyserver.auth;

import io.keymux.keyserver.http.CallSender;

/** Where AWS credentials come from. Safe for use by several threads. */
@FunctionalInterface
public interface AwsCredentialsProvider {

  /**
   * @param sender for those that have to be asked for
   * @throws io.keymux.cpix.DrmException with code {@code key-server-credentials-invalid} if there
   *     are none
   * @throws io.keymux.keyserver.http.KeyExchangeException with code {@code key-server-login-failed}
   *     if they are refused
   */
  AwsCredentials get(CallSender sender) throws InterruptedException;

  /**
   * Told that a server refused these.
   *
   * @param accessKeyId of the refused ones
   * @return whether {@link #get} may give others now
   */
  default boolean drop(String accessKeyId) {
    return false;
  }

  /** Always the same. */
  static AwsCredentialsProvider of(AwsCredentials credentials) {
    return sender -> credentials;
  }
}

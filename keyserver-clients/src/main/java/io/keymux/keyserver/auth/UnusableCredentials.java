package io.keymux.keyserver.auth;

import io.keymux.cpix.DrmException;

/** Credentials that are not there, or not of the kind that is needed; nothing was sent. */
final class UnusableCredentials {
  private UnusableCredentials() {}

  /**
   * @param what names files and settings, never what is in them
   */
  static DrmException because(String what, String remedy) {
    return new DrmException(
        DrmException.Blame.CALLER, "key-server-credentials-invalid", what, remedy);
  }
}

package io.keymux.api.mps.signature;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.mps.problem.MpsException;

/** The secrets that requests may be signed with. */
final class Credentials {
  private Credentials() {}

  /**
   * @throws MpsException with code {@code AuthFailure.SecretIdNotFound}
   */
  static MpsSettings.Credential find(MpsSettings settings, String secretId) {
    MpsSettings.Credential credential = settings.credentials().get(secretId);
    if (credential == null) {
      throw MpsException.authFailure(
          "SecretIdNotFound",
          "The secret id is not known.",
          "Use one of mps.credentials in the configuration.");
    }
    return credential;
  }

  /**
   * @param token that was sent; empty if none was
   * @throws MpsException with code {@code AuthFailure.TokenFailure}
   */
  static void requireToken(MpsSettings.Credential credential, String token) {
    boolean right =
        credential.token() == null ? token.isEmpty() : Digests.same(credential.token(), token);
    if (!right) {
      throw MpsException.authFailure(
          "TokenFailure",
          "The session token is not the one of this secret id.",
          credential.token() == null ? "Send none." : "Send it as X-TC-Token.");
    }
  }

  static MpsException wrongSignature() {
    return MpsException.authFailure(
        "SignatureFailure",
        "The signature does not fit the request and the secret.",
        "Check the secret key, and that nothing between changes host, query or body.");
  }
}

package io.keymux.api.keyserver.auth;

import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.config.AuthSettings;
import java.time.Clock;

/**
 * Decides whether a request may get keys. Which part of its proof was wrong is never told, and
 * secrets are compared in constant time.
 */
public interface Access {

  /**
   * Looks at headers alone where that is enough.
   *
   * @throws io.keymux.api.problem.RequestException with status 401 and a challenge, or 403 if the
   *     scheme has no challenge
   */
  void require(AccessRequest request);

  /**
   * @param clock for schemes whose proofs grow old
   */
  static Access of(AuthSettings settings, Clock clock) {
    if (settings instanceof AuthSettings.Basic basic) {
      return BasicAccess.of(basic);
    }
    if (settings instanceof AuthSettings.Bearer bearer) {
      return new BearerAccess(bearer.token());
    }
    if (settings instanceof AuthSettings.SigV4 sigV4) {
      return new SigV4Access(sigV4, clock);
    }
    return request -> {};
  }
}

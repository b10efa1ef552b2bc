package io.keymux.api.access;

import io.keymux.api.access.proof.AccessRequest;
import java.util.Optional;

/** One kind of credential. Safe for use by several threads. */
interface Authenticator {
  /**
   * Who sent the request; empty if it shows no credential of this kind.
   *
   * @throws io.keymux.api.problem.RequestException with status 401 if it shows one that is not
   *     right; which part of it is wrong is never told
   */
  Optional<Principal> authenticate(AccessRequest request);
}

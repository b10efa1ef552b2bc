package io.keymux.keyserver.profile;

import io.keymux.cpix.SecretBytes;

/** Finds the secrets that accounts refer to; none stands in an account itself. */
@FunctionalInterface
public interface SecretSource {

  /**
   * @param setting where the reference stands, for messages
   * @param reference as <code>${env:NAME}</code> or <code>${file:PATH}</code>; a message must not
   *     hold it, since users write secrets there
   * @throws io.keymux.cpix.DrmException if it is no reference, or leads to nothing
   */
  SecretBytes resolve(String setting, String reference);
}

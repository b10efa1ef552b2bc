package io.keymux.api.envelope;

import io.keymux.cpix.DrmException;
import org.jspecify.annotations.Nullable;

/** What is encrypted cannot be decrypted, or nothing can be encrypted now. */
public final class EnvelopeException extends DrmException {
  private static final long serialVersionUID = 1L;

  private EnvelopeException(
      Blame blame, String code, String problem, String remedy, @Nullable Throwable cause) {
    super(blame, code, problem, remedy, cause);
  }

  /**
   * @param what that was encrypted, as {@code the seed}
   */
  static EnvelopeException undecryptable(String what, @Nullable Throwable cause) {
    return new EnvelopeException(
        Blame.OUTPUT,
        "cannot-be-decrypted",
        "What the database keeps for %s cannot be decrypted: it belongs elsewhere, was changed, or"
                .formatted(what)
            + " was encrypted under another key.",
        "Restore the row, or send it again; nodes that share a database need the same seed or the"
            + " same security.encryption.",
        cause);
  }

  /**
   * @param ids of key-encryption keys
   */
  static EnvelopeException unknownKeys(String ids) {
    return new EnvelopeException(
        Blame.CALLER,
        "unknown-encryption-key",
        "The database has keys that are encrypted under %s, which is not configured."
            .formatted(ids),
        "Name it in security.encryption, after the one that is to be used from now on.",
        null);
  }

  /** The folder's seed is not the one that the nodes of this database have. */
  static EnvelopeException otherSeed() {
    return new EnvelopeException(
        Blame.CALLER,
        "other-seed",
        "The data directory has another seed than the database.",
        "Start with an empty data directory to use the database's; the two cannot be merged.",
        null);
  }

  /**
   * @param id of the key-encryption key
   * @param why in fixed words
   */
  static EnvelopeException unavailable(String id, String why, @Nullable Throwable cause) {
    return new EnvelopeException(
        Blame.UPSTREAM,
        "encryption-service",
        "The key-encryption key %s cannot be used: %s.".formatted(id, why),
        "Check that its service answers and allows this service to encrypt and to decrypt.",
        cause);
  }
}

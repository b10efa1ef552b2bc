package io.keymux.api.envelope;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;

/**
 * Encrypts the keys that secrets are encrypted under. It may be in the service's memory, or in a
 * service elsewhere that never gives it away. Safe for use by several threads.
 */
public interface KeyEncryptionKey {
  /** The longest {@link #id}. */
  int LONGEST_ID = 200;

  /** What rows name it by; not a secret, and never given to another key. */
  String id();

  /**
   * Encrypts a key.
   *
   * @param context what it is for, which {@link #unwrap} must say again; no secret: services that
   *     keep logs write it there
   * @throws EnvelopeException with code {@code encryption-service} if it is kept elsewhere and
   *     cannot be reached, or refuses
   */
  Bytes wrap(SecretBytes key, String context);

  /**
   * What {@link #wrap} was given.
   *
   * @throws EnvelopeException with code {@code cannot-be-decrypted} if it was wrapped under another
   *     key or for something else, or was changed; {@code encryption-service} as {@link #wrap}
   */
  SecretBytes unwrap(Bytes wrapped, String context);
}

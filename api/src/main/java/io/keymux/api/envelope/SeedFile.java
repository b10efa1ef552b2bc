package io.keymux.api.envelope;

import io.keymux.cpix.SecretBytes;
import java.util.Optional;

/**
 * The seed as a folder keeps it. All methods throw {@link io.keymux.cpix.DrmException} with code
 * {@code data-directory} if the folder cannot be used.
 */
public interface SeedFile {
  /** The seed; made at random if there is none. */
  SecretBytes seed();

  /** The seed if it is here in clear. */
  Optional<SecretBytes> storedSeed();

  /** Keeps no seed here from now on: it is in a database, encrypted. */
  void seedIsElsewhere();
}

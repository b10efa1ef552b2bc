package io.keymux.packager.bento4;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;

/**
 * Whether content keys may be arguments of a program. Arguments can be read by every user of the
 * machine while the program runs, unless its processes are hidden from them.
 */
public enum KeysOnArgv {
  REFUSED,
  ALLOWED;

  /**
   * @throws DrmException with code {@code keys-on-argv-not-allowed} unless they may
   */
  public void require() {
    if (this == REFUSED) {
      throw new DrmException(
          Blame.CALLER,
          "keys-on-argv-not-allowed",
          "The engine bento4 gives content keys to mp4encrypt as arguments, which all users of this"
              + " machine can read in the process list while it runs.",
          "Use the engine native; or, where nobody else can see the processes, allow it with"
              + " --allow-keys-on-argv or security.allowKeysOnArgv: true.");
    }
  }
}

package io.keymux.testvectors.judge;

import io.keymux.cpix.DrmException;

/** The judge cannot read, or does not accept, a media file. Nothing was decrypted. */
public final class UnreadableMediaException extends DrmException {
  private static final long serialVersionUID = 1;

  private UnreadableMediaException(Blame blame, String code, String problem, String remedy) {
    super(blame, code, problem, remedy);
  }

  static UnreadableMediaException malformed(int offset, String problem) {
    return new UnreadableMediaException(
        Blame.CALLER,
        "judge-malformed-media",
        "Byte offset " + offset + ": " + problem + ".",
        "Look at the file with a box dumper.");
  }

  static UnreadableMediaException contradiction(int offset, String problem) {
    return new UnreadableMediaException(
        Blame.CALLER,
        "judge-aux-info-mismatch",
        "Byte offset " + offset + ": " + problem + ".",
        "saiz, saio and senc must describe the same bytes.");
  }

  static UnreadableMediaException missingKey(Object keyId, int trackId) {
    return new UnreadableMediaException(
        Blame.CALLER,
        "judge-missing-key",
        "Track " + trackId + " needs KID " + keyId + ", which is not in the key ring.",
        "Add the key.");
  }

  static UnreadableMediaException unsupported(int offset, String problem) {
    return new UnreadableMediaException(
        Blame.UNSUPPORTED,
        "judge-unsupported-media",
        "Byte offset " + offset + ": " + problem + ".",
        "Judge this file with another tool.");
  }
}

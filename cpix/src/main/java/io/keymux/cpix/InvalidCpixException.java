package io.keymux.cpix;

/** A CPIX document, or the values for one, that cannot be used. */
public final class InvalidCpixException extends DrmException {

  public InvalidCpixException(String code, String problem, String remedy) {
    super(Blame.CALLER, code, problem, remedy);
  }

  static InvalidCpixException wrongSize(KeyId id, String what, int expected, int actual) {
    return new InvalidCpixException(
        "cpix-wrong-size",
        "The %s of KID %s has %d bytes, not %d.".formatted(what, id, actual, expected),
        "Ask whoever made the key for an AES-128 key.");
  }
}

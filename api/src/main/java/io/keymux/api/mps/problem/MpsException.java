package io.keymux.api.mps.problem;

import io.keymux.cpix.DrmException;

/**
 * A request that the MPS-compatible endpoint refuses. It is answered with HTTP 200 and the code
 * that Tencent's clients switch on; messages never quote a secret.
 */
public final class MpsException extends DrmException {
  private static final long serialVersionUID = 1L;

  private final String mpsCode;

  private MpsException(String mpsCode, String problem, String remedy) {
    super(Blame.CALLER, "mps-request-refused", problem, remedy);
    this.mpsCode = mpsCode;
  }

  /**
   * @param mpsCode in Tencent's spelling, as {@code InvalidParameterValue.SessionId}
   * @param problem one sentence
   * @param remedy one sentence: what to do
   */
  public static MpsException of(String mpsCode, String problem, String remedy) {
    return new MpsException(mpsCode, problem, remedy);
  }

  /** A required parameter is not there. */
  public static MpsException missing(String path) {
    return of("MissingParameter", "The parameter " + path + " is missing.", "Give it.");
  }

  /** The action has no such parameter. */
  public static MpsException unknown(String path) {
    return of(
        "UnknownParameter",
        "The parameter " + path + " is not known.",
        "Check its spelling, or leave it out.");
  }

  /**
   * A parameter is of another type.
   *
   * @param wanted as {@code a string}
   */
  public static MpsException wrongType(String path, String wanted) {
    return of(
        "InvalidParameter", "The parameter " + path + " is not " + wanted + ".", "Correct it.");
  }

  /**
   * A parameter has a value that cannot be used.
   *
   * @param what follows the name, as {@code is longer than 50 characters}
   */
  public static MpsException invalidValue(String path, String what, String remedy) {
    return of("InvalidParameterValue", path + " " + what + ".", remedy);
  }

  /**
   * As {@link #invalidValue}, with a code of its own.
   *
   * @param kind what stands behind the dot, as {@code SessionId}
   */
  public static MpsException invalidValue(String kind, String path, String what, String remedy) {
    return of("InvalidParameterValue." + kind, path + " " + what + ".", remedy);
  }

  /** Something that the real service does, and this one does not. */
  public static MpsException unsupported(String path, String why, String remedy) {
    return of("UnsupportedOperation", path + " " + why + ".", remedy);
  }

  /** The request does not prove who sent it. */
  public static MpsException authFailure(String kind, String problem, String remedy) {
    return of("AuthFailure." + kind, problem, remedy);
  }

  /** The code that clients of Tencent's API see. */
  public String mpsCode() {
    return mpsCode;
  }
}

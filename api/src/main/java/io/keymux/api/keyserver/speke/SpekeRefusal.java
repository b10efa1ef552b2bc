package io.keymux.api.keyserver.speke;

import io.keymux.cpix.DrmException;

/**
 * A SPEKE request that gets no keys; for what SPEKE v2 foresees, the text is its own.
 *
 * @see "SPEKE API specification v2, Error handling"
 */
public final class SpekeRefusal extends DrmException {
  private static final long serialVersionUID = 1L;

  private final String text;

  /**
   * @param text the body of the answer
   */
  SpekeRefusal(String text) {
    super(Blame.CALLER, "speke-refused", text + ".", "Correct the request.");
    this.text = text;
  }

  /** One line that tells what is wrong, without anything secret. */
  public String text() {
    return text;
  }

  static SpekeRefusal malformedContract() {
    return new SpekeRefusal("Malformed encryption contract");
  }

  static SpekeRefusal unsupportedContract() {
    return new SpekeRefusal("Requested CPIX encryption contract not supported");
  }
}

package io.keymux.api.keyserver;

import io.keymux.cpix.DrmException;

/**
 * A SPEKE request that gets no keys; the texts are fixed by the specification.
 *
 * @see "SPEKE API specification v2, Error handling"
 */
final class SpekeRefusal extends DrmException {
  private static final long serialVersionUID = 1L;

  private final String text;

  /**
   * @param text the body of the answer
   */
  SpekeRefusal(String text) {
    super(Blame.CALLER, "speke-refused", text + ".", "Correct the request.");
    this.text = text;
  }

  String text() {
    return text;
  }

  static SpekeRefusal malformedContract() {
    return new SpekeRefusal("Malformed encryption contract");
  }
}

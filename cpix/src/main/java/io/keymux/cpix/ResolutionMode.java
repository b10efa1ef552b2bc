package io.keymux.cpix;

/** Whose reading of usage rules: it decides what happens to a track that several keys match. */
public enum ResolutionMode {
  /** It has no key: the document is ambiguous. */
  CPIX,
  /**
   * It has the key of the last of them in document order. Bit rate filters and {@code wcg} are
   * passed over, as SPEKE asks of its peers.
   *
   * @see "AWS SPEKE v2.0, Encryption contract, and the elements that are ignored if present"
   */
  SPEKE_LAST_RULE
}

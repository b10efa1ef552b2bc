package io.keymux.cpix;

/** What happens to a track that rules of several keys match. */
public enum ResolutionMode {
  /** It has no key: the document is ambiguous. */
  CPIX,
  /**
   * It has the key of the last of them in document order.
   *
   * @see "AWS, SPEKE v2 encryption contract"
   */
  SPEKE_LAST_RULE
}

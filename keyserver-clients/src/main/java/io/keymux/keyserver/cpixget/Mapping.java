package io.keymux.keyserver.cpixget;

/** Whose usage rules say which track gets which key of a document. */
public enum Mapping {
  /**
   * Those of the request: each must be answered by a rule that is the same, or has the same {@code
   * intendedTrackType}. One key for one asked KID needs no rule. KIDs may differ.
   */
  REQUEST,
  /** Those of the document, as in a CPIX file; without any, a single key serves all tracks. */
  SERVER
}

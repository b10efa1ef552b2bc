package io.keymux.cpix.validation;

/** Which half of a key exchange a document is. */
public enum Direction {
  /** It asks for keys: empty elements stand for what is wanted. */
  REQUEST,
  /** It brings keys: everything that was asked for is filled. */
  RESPONSE
}

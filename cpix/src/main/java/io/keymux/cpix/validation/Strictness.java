package io.keymux.cpix.validation;

/** How much a profile forgives. Which rules it is about is a column of docs/cpix-rules.md. */
public enum Strictness {
  /** Every break of the schema or of the prose is an error. */
  STRICT,
  /**
   * What peers in the field write, and a careful reader understands without guessing, is a warning:
   *
   * <ul>
   *   <li>elements of vendors in the namespace of CPIX, such as {@code PSSHData}, and unknown
   *       attributes;
   *   <li>elements in another order than the schema's, text between elements, lists without items;
   *   <li>elements, attributes and playlist names of another version of CPIX ({@code variant},
   *       {@code master}, {@code multiVariant}), and a {@code CPIX@version} that is not the
   *       profile's;
   *   <li>base64 with other characters in it or without padding, and an {@code explicitIV} that is
   *       the text of a UUID, as in the key rotation vector of DASH-IF;
   *   <li>UUIDs without hyphens or with blanks around, and an {@code id} that is no NCName;
   *   <li>references, doubles and bounds that readers can pass over.
   * </ul>
   *
   * A value that cannot be read, a KID that names nothing and signalling of the wrong system stay
   * errors.
   */
  LENIENT
}

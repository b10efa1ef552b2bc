package io.keymux.cpix.signature;

/**
 * How XML becomes the bytes that are signed. Variants that keep comments are not here: a Reference
 * with an empty URI or an id leaves comments out whatever follows.
 *
 * @see "W3C, XML Signature Syntax and Processing, Same-Document URI-References"
 */
public enum Canonicalization {
  /** What all known CPIX signatures use, and .NET can read. */
  C14N_1_0("http://www.w3.org/TR/2001/REC-xml-c14n-20010315"),
  /** What the text of CPIX demands. */
  C14N_1_1("http://www.w3.org/2006/12/xml-c14n11"),
  /** Leaves out namespaces that are declared further up and not used in the signed part. */
  EXCLUSIVE("http://www.w3.org/2001/10/xml-exc-c14n#");

  private final String uri;

  Canonicalization(String uri) {
    this.uri = uri;
  }

  /** The algorithm identifier. */
  public String uri() {
    return uri;
  }

  static boolean isKnown(String uri) {
    for (Canonicalization each : values()) {
      if (each.uri.equals(uri)) {
        return true;
      }
    }
    return false;
  }
}

package io.keymux.cpix.xml;

/** Namespaces of a CPIX document. They never changed with its version. */
final class CpixNames {
  static final String CPIX = "urn:dashif:org:cpix";

  /**
   * @see "RFC 6030, Portable Symmetric Key Container"
   */
  static final String PSKC = "urn:ietf:params:xml:ns:keyprov:pskc";

  static final String XMLDSIG = "http://www.w3.org/2000/09/xmldsig#";

  private CpixNames() {}
}

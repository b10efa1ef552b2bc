package io.keymux.cpix.xml;

/** Namespaces of a CPIX document. They never changed with its version. */
public final class CpixNames {
  public static final String CPIX = "urn:dashif:org:cpix";

  /**
   * @see "RFC 6030, Portable Symmetric Key Container"
   */
  public static final String PSKC = "urn:ietf:params:xml:ns:keyprov:pskc";

  public static final String XMLDSIG = "http://www.w3.org/2000/09/xmldsig#";

  /**
   * @see "W3C, XML Encryption Syntax and Processing"
   */
  public static final String XMLENC = "http://www.w3.org/2001/04/xmlenc#";

  private CpixNames() {}
}

package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;

/**
 * The children of an MPD's {@code ContentProtection}, each with its own namespace declaration and
 * no white space, since SPEKE test suites compare them as text.
 *
 * @see "ISO/IEC 23001-7, cenc:pssh in an MPD"
 * @see "DASH-IF, Content Protection Schemas, dashif:Laurl"
 */
final class ContentProtectionXml {
  private ContentProtectionXml() {}

  static String pssh(Bytes box) {
    return "<cenc:pssh xmlns:cenc=\"urn:mpeg:cenc:2013\">" + box.toBase64() + "</cenc:pssh>";
  }

  static String pro(Bytes object) {
    return "<mspr:pro xmlns:mspr=\"urn:microsoft:playready\">" + object.toBase64() + "</mspr:pro>";
  }

  static String licenseUrl(String url) {
    return "<dashif:Laurl xmlns:dashif=\"https://dashif.org/CPS\">"
        + XmlText.escape("the licence URL", url)
        + "</dashif:Laurl>";
  }
}

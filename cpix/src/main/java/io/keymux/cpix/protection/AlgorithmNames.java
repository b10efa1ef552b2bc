package io.keymux.cpix.protection;

/**
 * Algorithms of CPIX, as documents name them.
 *
 * @see "DASH-IF CPIX, Key Encryption in the CPIX Document"
 */
final class AlgorithmNames {
  static final String AES256_CBC = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
  static final String RSA_OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
  static final String HMAC_SHA512 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha512";
  static final String SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";

  private static final String KEY_WRAP = "http://www.w3.org/2001/04/xmlenc#kw-aes";

  private AlgorithmNames() {}

  /**
   * The size of the key that wraps in bytes, or 0 if {@code algorithm} is not a key wrap.
   *
   * @see "RFC 3394, AES Key Wrap Algorithm"
   */
  static int keyWrapSize(String algorithm) {
    return switch (algorithm) {
      case KEY_WRAP + "128" -> 16;
      case KEY_WRAP + "192" -> 24;
      case KEY_WRAP + "256" -> 32;
      default -> 0;
    };
  }
}

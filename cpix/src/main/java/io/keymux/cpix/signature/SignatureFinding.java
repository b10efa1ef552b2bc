package io.keymux.cpix.signature;

/**
 * Why a signature is not valid, or not trusted.
 *
 * @param text a sentence for people, with the values and places that matter
 */
public record SignatureFinding(Kind kind, String text) {

  /** The reasons that programs can tell apart. All but the last three make it invalid. */
  public enum Kind {
    /** Not the one form that CPIX uses: one Reference, no Object, known transforms in order. */
    FORM,
    /** An algorithm that is not on the list; SHA-1 and HMAC are not. */
    ALGORITHM,
    /** The Reference names neither the root nor a list below it. */
    TARGET,
    /** Several elements have the id that the Reference names. */
    DUPLICATE_ID,
    /** The root has several lists of that name, so nobody can say which one is read. */
    REPEATED_LIST,
    /** No X.509 certificate, or one that cannot be read. */
    CERTIFICATE,
    /** The signer's key is not RSA of 2048 bits or more. */
    KEY,
    /** The signed part was changed after signing. */
    CONTENT_CHANGED,
    /** The signature value does not fit the certificate's key and what it claims to sign. */
    SIGNATURE_VALUE,
    /** A relative namespace URI, for which canonical XML is not defined. */
    RELATIVE_NAMESPACE,
    /** The JDK refuses to process it. */
    NOT_PROCESSABLE,
    /** The certificate is neither a trust anchor nor issued by one. */
    UNTRUSTED,
    /** The certificate is not valid now. */
    EXPIRED,
    /** The certificate is not meant, or too weak, for signatures. */
    UNSUITABLE_CERTIFICATE
  }
}

package io.keymux.cpix.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.InvalidCpixException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Makes single signatures with one key. */
final class SignatureMaker {
  private static final String RSA_SHA512 = "SHA512withRSA";

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final SigningOptions options;

  SignatureMaker(PrivateKey key, X509Certificate certificate, SigningOptions options) {
    this.key = key;
    this.certificate = certificate;
    this.options = options;
    SignatureFinding weakness = SignatureVerifier.weakness(certificate.getPublicKey());
    if (weakness != null) {
      throw unsuitable(weakness.text());
    }
    if (!belongs()) {
      throw unsuitable(
          "The private key is not that of the certificate of \"%s\"."
              .formatted(certificate.getSubjectX500Principal()));
    }
  }

  /**
   * Appends a signature to the root of {@code document}. The digest and the bytes to be signed come
   * from the code that verifies, so the two cannot differ.
   *
   * @return the new element
   */
  Element sign(Document document, Node target, String uri) {
    SignatureTemplate template =
        new SignatureTemplate(document, uri, certificate, options.canonicalization());
    Element signature = template.signature();
    try {
      template.setDigest(
          JdkSignature.calculatedDigest(signature, target, certificate.getPublicKey()));
      template.setValue(
          value(JdkSignature.canonicalSignedInfo(signature, target, certificate.getPublicKey())));
      return signature;
    } catch (RuntimeException e) {
      document.getDocumentElement().removeChild(signature);
      throw e;
    }
  }

  /** Not by comparing numbers: the key may be kept where nobody sees them. */
  private boolean belongs() {
    byte[] probe = certificate.getSubjectX500Principal().getName().getBytes(UTF_8);
    byte[] value = value(probe);
    try {
      Signature verification = Signature.getInstance(RSA_SHA512);
      verification.initVerify(certificate.getPublicKey());
      verification.update(probe);
      return verification.verify(value);
    } catch (SignatureException e) {
      return false; // Of another length.
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks " + RSA_SHA512, e);
    }
  }

  private byte[] value(byte[] signed) {
    try {
      Signature signing = Signature.getInstance(RSA_SHA512);
      signing.initSign(key);
      signing.update(signed);
      return signing.sign();
    } catch (InvalidKeyException e) {
      throw unsuitable("The private key is %s, not RSA.".formatted(key.getAlgorithm()));
    } catch (SignatureException e) {
      throw unsuitable("The private key cannot sign.");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks " + RSA_SHA512, e);
    }
  }

  private static InvalidCpixException unsuitable(String problem) {
    return new InvalidCpixException(
        "cpix-signing-key-unsuitable",
        problem,
        "Sign with an RSA key of 2048 bits or more, and its certificate.");
  }
}

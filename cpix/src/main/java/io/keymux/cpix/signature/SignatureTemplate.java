package io.keymux.cpix.signature;

import io.keymux.cpix.xml.CpixNames;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The elements of a signature to be, without its values.
 *
 * <p>They are built here and not by the JDK, which breaks base64 into lines with carriage returns:
 * each would be written as a character reference.
 */
final class SignatureTemplate {
  private static final String RSA_SHA512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";
  private static final String SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512";

  private final Document document;
  private final @Nullable String prefix;
  private final Element signature;
  private final Element digestValue;
  private final Element signatureValue;

  /**
   * Appends a signature to the root, with a prefix that the root declares, else with a declaration
   * of its own: one more at the root would break all signatures of lists.
   */
  SignatureTemplate(
      Document document, String uri, X509Certificate certificate, Canonicalization method) {
    this.document = document;
    Element root = document.getDocumentElement();
    this.prefix = root.lookupPrefix(CpixNames.XMLDSIG);
    this.signature = add(root, "Signature");
    if (prefix == null) {
      signature.setAttributeNS(
          XMLConstants.XMLNS_ATTRIBUTE_NS_URI, XMLConstants.XMLNS_ATTRIBUTE, CpixNames.XMLDSIG);
    }
    Element signedInfo = add(signature, "SignedInfo");
    addMethod(signedInfo, "CanonicalizationMethod", method.uri());
    addMethod(signedInfo, "SignatureMethod", RSA_SHA512);
    Element reference = add(signedInfo, "Reference");
    reference.setAttributeNS(null, "URI", uri);
    addTransforms(reference, uri, method);
    addMethod(reference, "DigestMethod", SHA512);
    this.digestValue = add(reference, "DigestValue");
    digestValue.setTextContent(base64(new byte[64]));
    this.signatureValue = add(signature, "SignatureValue");
    // A value that is not of the key's length is refused before anything is digested.
    int bits = ((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength();
    signatureValue.setTextContent(base64(new byte[(bits + 7) / 8]));
    Element data = add(add(signature, "KeyInfo"), "X509Data");
    try {
      add(data, "X509Certificate").setTextContent(base64(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate without encoding", e);
    }
  }

  /** None for a list and C14N 1.0, which is the default: so do the known CPIX signers. */
  private void addTransforms(Element reference, String uri, Canonicalization method) {
    boolean other = method != Canonicalization.C14N_1_0;
    if (!uri.isEmpty() && !other) {
      return;
    }
    Element transforms = add(reference, "Transforms");
    if (uri.isEmpty()) {
      addMethod(transforms, "Transform", SignatureForm.ENVELOPED);
    }
    if (other) {
      addMethod(transforms, "Transform", method.uri());
    }
  }

  Element signature() {
    return signature;
  }

  void setDigest(byte[] digest) {
    digestValue.setTextContent(base64(digest));
  }

  void setValue(byte[] value) {
    signatureValue.setTextContent(base64(value));
  }

  private void addMethod(Element parent, String name, String algorithm) {
    add(parent, name).setAttributeNS(null, "Algorithm", algorithm);
  }

  private Element add(Element parent, String name) {
    Element child =
        document.createElementNS(CpixNames.XMLDSIG, prefix == null ? name : prefix + ":" + name);
    parent.appendChild(child);
    return child;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

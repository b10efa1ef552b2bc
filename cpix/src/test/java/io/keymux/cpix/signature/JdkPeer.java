package io.keymux.cpix.signature;

import io.keymux.cpix.xml.CpixNames;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.DigestMethodParameterSpec;
import javax.xml.crypto.dsig.spec.SignatureMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * XML Signature as the JDK's tutorial has it: every id counts, every signature counts, whatever
 * verifies is good. It is how forgeries get through, and an independent reader of what we sign.
 */
final class JdkPeer {
  static final String RSA_SHA512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";
  static final String SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512";
  private static final XMLSignatureFactory FACTORY = XMLSignatureFactory.getInstance("DOM");

  private JdkPeer() {}

  /** How to sign what we would not. */
  record Plan(String uri, String signatureMethod, String digestMethod, List<Transform> transforms) {
    Plan(String uri, Transform... transforms) {
      this(uri, RSA_SHA512, SHA512, List.of(transforms));
    }
  }

  static void sign(Document document, TestSigner signer, Plan plan) {
    try {
      DOMSignContext context = new DOMSignContext(signer.key(), document.getDocumentElement());
      registerIds(document.getDocumentElement());
      Reference reference =
          FACTORY.newReference(
              plan.uri(),
              FACTORY.newDigestMethod(plan.digestMethod(), (DigestMethodParameterSpec) null),
              plan.transforms(),
              null,
              null);
      KeyInfoFactory keys = FACTORY.getKeyInfoFactory();
      FACTORY
          .newXMLSignature(
              FACTORY.newSignedInfo(
                  FACTORY.newCanonicalizationMethod(
                      Canonicalization.C14N_1_0.uri(), (C14NMethodParameterSpec) null),
                  FACTORY.newSignatureMethod(
                      plan.signatureMethod(), (SignatureMethodParameterSpec) null),
                  List.of(reference)),
              keys.newKeyInfo(List.of(keys.newX509Data(List.of(signer.certificate())))))
          .sign(context);
    } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
      throw new AssertionError(e);
    }
  }

  static Transform transform(String algorithm, @Nullable TransformParameterSpec parameters) {
    try {
      return FACTORY.newTransform(algorithm, parameters);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static Transform enveloped() {
    return transform(Transform.ENVELOPED, null);
  }

  /** Whether each signature, wherever it stands, verifies with the certificate that it carries. */
  static List<Boolean> validate(Document document) {
    registerIds(document.getDocumentElement());
    List<Boolean> verdicts = new ArrayList<>();
    NodeList signatures = document.getElementsByTagNameNS(CpixNames.XMLDSIG, "Signature");
    for (int i = 0; i < signatures.getLength(); i++) {
      verdicts.add(validate((Element) signatures.item(i)));
    }
    return verdicts;
  }

  private static boolean validate(Element signature) {
    try {
      String base64 =
          signature
              .getElementsByTagNameNS(CpixNames.XMLDSIG, "X509Certificate")
              .item(0)
              .getTextContent();
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)));
      DOMValidateContext context = new DOMValidateContext(certificate.getPublicKey(), signature);
      return FACTORY.unmarshalXMLSignature(context).validate(context);
    } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
      return false;
    }
  }

  private static void registerIds(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      if ("id".equalsIgnoreCase(attributes.item(i).getLocalName())) {
        element.setIdAttributeNode((Attr) attributes.item(i), true);
      }
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element nested) {
        registerIds(nested);
      }
    }
  }
}

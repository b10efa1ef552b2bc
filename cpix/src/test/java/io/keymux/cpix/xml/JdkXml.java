package io.keymux.cpix.xml;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.XMLConstants;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** What the JDK itself makes of XML, for comparison. */
final class JdkXml {
  private JdkXml() {}

  /** By {@code DocumentBuilder}. */
  static Document parse(byte[] xml) throws SAXException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setExpandEntityReferences(false);
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(HardenedFactories.DISALLOW_DOCTYPE, true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new ByteArrayInputStream(xml));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new SAXException(e);
    }
  }

  /** By the identity transform. */
  static byte[] serialize(Document document) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.transform(new DOMSource(document), new StreamResult(out));
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  /** SHA-256 of the canonical form of all but comments, as an XML signature takes it. */
  static byte[] canonicalDigest(Document document) {
    Element root = document.getDocumentElement();
    try {
      XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");
      Reference whole =
          signatures.newReference(
              "",
              signatures.newDigestMethod(DigestMethod.SHA256, null),
              List.of(
                  signatures.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                  signatures.newTransform(
                      CanonicalizationMethod.INCLUSIVE, (TransformParameterSpec) null)),
              null,
              null);
      XMLSignature signature =
          signatures.newXMLSignature(
              signatures.newSignedInfo(
                  signatures.newCanonicalizationMethod(
                      CanonicalizationMethod.INCLUSIVE, (C14NMethodParameterSpec) null),
                  signatures.newSignatureMethod(
                      "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", null),
                  List.of(whole)),
              null);
      DOMSignContext context =
          new DOMSignContext(new SecretKeySpec(new byte[32], "HmacSHA256"), root);
      signature.sign(context);
      root.removeChild(root.getLastChild());
      return whole.getDigestValue();
    } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
      throw new IllegalStateException(e);
    }
  }
}

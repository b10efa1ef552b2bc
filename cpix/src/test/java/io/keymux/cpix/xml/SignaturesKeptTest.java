package io.keymux.cpix.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Signatures of third parties stay as they are, valid or not, through parsing and writing. */
class SignaturesKeptTest {

  @ParameterizedTest
  @CsvSource({
    "dashif-cpix-test-vectors/Complex.xml, 9, 9",
    "dashif-cpix-test-vectors/Invalid_BadContentKeysSignature.xml, 1, 0",
    "made-here/jdk_signed_c14n11_c14n10_exc.xml, 3, 3",
    "made-here/reindented_breaks_signature.xml, 8, 0"
  })
  void parseAndSerialize_signedDocument_keepsEachVerdict(String name, int signatures, int valid)
      throws GeneralSecurityException, MarshalException, XMLSignatureException {
    Document document = SafeXml.parse(Resources.vector(name));
    for (int time = 0; time < 3; time++) {
      assertThat(document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").getLength())
          .isEqualTo(signatures);
      assertThat(valid(document)).isEqualTo(valid);
      document = SafeXml.parse(SafeXml.serialize(document));
    }
  }

  private static int valid(Document document)
      throws GeneralSecurityException, MarshalException, XMLSignatureException {
    NodeList elements = document.getElementsByTagName("*");
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      if (element.hasAttribute("id")) {
        element.setIdAttribute("id", true);
      }
    }
    NodeList signatures = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
    int valid = 0;
    for (int i = 0; i < signatures.getLength(); i++) {
      Element signature = (Element) signatures.item(i);
      DOMValidateContext context = new DOMValidateContext(key(signature), signature);
      if (XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context).validate(context)) {
        valid++;
      }
    }
    return valid;
  }

  private static PublicKey key(Element signature) throws GeneralSecurityException {
    String certificate =
        signature
            .getElementsByTagNameNS(XMLSignature.XMLNS, "X509Certificate")
            .item(0)
            .getTextContent();
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Base64.getMimeDecoder().decode(certificate)))
        .getPublicKey();
  }
}

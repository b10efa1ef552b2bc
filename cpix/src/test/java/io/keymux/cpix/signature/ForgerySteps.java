package io.keymux.cpix.signature;

import static io.keymux.cpix.signature.TestSigner.ALICE;

import io.keymux.cpix.xml.CpixNames;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.spec.XPathFilterParameterSpec;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What forgeries are made of. */
final class ForgerySteps {
  private ForgerySteps() {}

  static void signList(Document document) {
    ALICE.signer().sign(document, EnumSet.of(SignedPart.CONTENT_KEYS));
  }

  static void signAsJdk(Document document, String uri, Transform... transforms) {
    Sample.element(document, "ContentKeyList").setAttributeNS(null, "id", "ContentKeyList");
    JdkPeer.sign(document, ALICE, new JdkPeer.Plan(uri, transforms));
  }

  static Transform xpath(String expression) {
    return JdkPeer.transform(
        Transform.XPATH,
        new XPathFilterParameterSpec(
            expression, Map.of("pskc", CpixNames.PSKC, "ds", CpixNames.XMLDSIG)));
  }

  static Element object(Document document, int signature) {
    Element object = document.createElementNS(CpixNames.XMLDSIG, "Object");
    Sample.element(document, "Signature", signature).appendChild(object);
    return object;
  }

  /** The whole document becomes an extension in a copy of itself that has other keys. */
  static void wrap(Document document, boolean liftSignature) {
    Element genuine = document.getDocumentElement();
    Element forged = (Element) genuine.cloneNode(true);
    forged.removeAttribute("id");
    for (String name : List.of("Signature", "ContentKeyList")) {
      Element copy = (Element) forged.getElementsByTagNameNS("*", name).item(0);
      if (name.equals("Signature")) {
        copy.getParentNode().removeChild(copy);
      } else {
        copy.removeAttribute("id");
      }
    }
    forged.getElementsByTagNameNS("*", "PlainValue").item(0).setTextContent(Sample.FORGED_VALUE);
    document.replaceChild(forged, genuine);
    Sample.extension(document).appendChild(genuine);
    if (liftSignature) {
      forged.appendChild(Sample.element(document, "Signature"));
    }
  }

  static Element certificateOfAlice(Document document) {
    Document other = Sample.document();
    signList(other);
    return (Element) document.importNode(Sample.element(other, "X509Certificate"), true);
  }
}

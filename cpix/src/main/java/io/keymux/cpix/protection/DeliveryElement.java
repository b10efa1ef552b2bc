package io.keymux.cpix.protection;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.credential.CertificateReader;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.SafeXml;
import java.security.cert.X509Certificate;
import java.util.List;
import org.w3c.dom.Element;

/** A {@code DeliveryData} in its document. */
record DeliveryElement(Element element) {

  static List<DeliveryElement> all(Element root) {
    return CpixDom.entries(root, "DeliveryDataList", "DeliveryData").stream()
        .map(DeliveryElement::new)
        .toList();
  }

  /** Whether it is for this certificate, byte for byte. One that cannot be read is for nobody. */
  boolean isFor(Bytes certificate) {
    return certificates().stream()
        .anyMatch(
            stored -> {
              try {
                return Bytes.copyOf(CpixDom.base64(stored)).equals(certificate);
              } catch (InvalidCpixException e) {
                return false;
              }
            });
  }

  /**
   * The certificate to encrypt for: the first one, since those of a chain come after it.
   *
   * @throws io.keymux.cpix.DrmException with code {@code certificate-unreadable} or {@code
   *     cpix-invalid-base64}
   */
  X509Certificate certificate() {
    Element stored =
        certificates().stream()
            .findFirst()
            .orElseThrow(() -> ProtectionException.withoutValue(element, "X509Certificate"));
    return CertificateReader.readDer(SafeXml.path(stored), CpixDom.base64(stored));
  }

  /** False in a request, where the recipient only introduces itself. */
  boolean hasKeys() {
    return !documentKeys().isEmpty() || !CpixDom.children(element, "MACMethod").isEmpty();
  }

  List<Element> documentKeys() {
    return CpixDom.children(element, "DocumentKey");
  }

  private List<Element> certificates() {
    return CpixDom.children(element, "DeliveryKey").stream()
        .flatMap(key -> CpixDom.children(key, CpixNames.XMLDSIG, "X509Data").stream())
        .flatMap(data -> CpixDom.children(data, CpixNames.XMLDSIG, "X509Certificate").stream())
        .toList();
  }
}

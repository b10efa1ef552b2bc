package io.keymux.cpix.signature;

import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * The certificates in the {@code KeyInfo} of a signature. All else there is passed over: a key that
 * nobody vouches for proves nothing.
 *
 * @param signer the one that issued none of the others
 * @param issuers the others
 */
record EmbeddedCertificates(X509Certificate signer, List<X509Certificate> issuers) {
  private static final int MAX_CERTIFICATES = 10;

  EmbeddedCertificates {
    issuers = List.copyOf(issuers);
  }

  /** Reads them, or returns null if there is none, one cannot be read, or there are too many. */
  static @Nullable EmbeddedCertificates in(@Nullable Element keyInfo) {
    List<X509Certificate> all = new ArrayList<>();
    for (Element data : keyInfo == null ? List.<Element>of() : children(keyInfo, "X509Data")) {
      for (Element element : children(data, "X509Certificate")) {
        X509Certificate certificate = read(element.getTextContent());
        if (certificate == null || all.size() == MAX_CERTIFICATES) {
          return null;
        }
        all.add(certificate);
      }
    }
    if (all.isEmpty()) {
      return null;
    }
    X509Certificate signer =
        all.stream().filter(one -> !issuedAnother(one, all)).findFirst().orElse(all.get(0));
    all.remove(signer);
    return new EmbeddedCertificates(signer, all);
  }

  private static boolean issuedAnother(X509Certificate one, List<X509Certificate> all) {
    return all.stream()
        .anyMatch(
            other ->
                !other.equals(one)
                    && other.getIssuerX500Principal().equals(one.getSubjectX500Principal()));
  }

  private static @Nullable X509Certificate read(String base64) {
    try {
      byte[] der = Base64.getDecoder().decode(base64.replaceAll("[ \t\r\n]", ""));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      // The factory also takes PEM, and ignores what follows.
      return Arrays.equals(certificate.getEncoded(), der) ? certificate : null;
    } catch (IllegalArgumentException | CertificateException e) {
      return null;
    }
  }

  private static List<Element> children(Element parent, String name) {
    return CpixDom.children(parent).stream()
        .filter(
            child ->
                CpixNames.XMLDSIG.equals(child.getNamespaceURI())
                    && name.equals(child.getLocalName()))
        .toList();
  }
}

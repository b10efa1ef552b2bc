package io.keymux.cpix.protection;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A value as XML Encryption carries it. What is encrypted is no secret, so {@link Bytes}.
 *
 * @param element the parent of {@code EncryptionMethod} and {@code CipherData}
 * @see "XML Encryption, 3.1 The EncryptedType Element"
 */
record EncryptedValue(Element element, Element method, Bytes value) {

  /**
   * @throws ProtectionException with code {@code cpix-algorithm-unsupported} if no algorithm is
   *     named, {@code cpix-secret-without-value} if there is no {@code CipherValue}
   */
  static EncryptedValue of(Element element) {
    Element method =
        CpixDom.child(element, CpixNames.XMLENC, "EncryptionMethod")
            .orElseThrow(() -> ProtectionException.unsupported(element, "no EncryptionMethod"));
    Element value =
        CpixDom.child(element, CpixNames.XMLENC, "CipherData")
            .flatMap(data -> CpixDom.child(data, CpixNames.XMLENC, "CipherValue"))
            .orElseThrow(() -> ProtectionException.withoutValue(element, "CipherValue"));
    return new EncryptedValue(element, method, Bytes.copyOf(CpixDom.base64(value)));
  }

  String algorithm() {
    return CpixDom.attribute(method, "Algorithm").orElse("");
  }

  /**
   * @throws ProtectionException with code {@code cpix-algorithm-unsupported} unless content keys
   *     may be encrypted in this way
   */
  void requireContentKeyAlgorithm() {
    if (!algorithm().equals(AlgorithmNames.AES256_CBC)
        && AlgorithmNames.keyWrapSize(algorithm()) == 0) {
      throw unsupported();
    }
  }

  /**
   * @throws ProtectionException with code {@code cpix-algorithm-unsupported} unless it is RSA-OAEP
   *     with SHA-1, which is also what a missing {@code DigestMethod} means, and an empty label
   */
  void requireRsaOaep() {
    if (!algorithm().equals(AlgorithmNames.RSA_OAEP)) {
      throw unsupported();
    }
    Optional<Element> digest = CpixDom.child(method, CpixNames.XMLDSIG, "DigestMethod");
    if (digest.isPresent()
        && !CpixDom.attribute(digest.get(), "Algorithm").orElse("").equals(AlgorithmNames.SHA1)) {
      throw ProtectionException.unsupported(digest.get(), "the digest of RSA-OAEP is not SHA-1");
    }
    Optional<Element> label = CpixDom.child(method, CpixNames.XMLENC, "OAEPparams");
    if (label.isPresent() && !label.get().getTextContent().isBlank()) {
      throw ProtectionException.unsupported(label.get(), "RSA-OAEP has a label");
    }
  }

  private ProtectionException unsupported() {
    String name = algorithm().length() > 64 ? algorithm().substring(0, 64) + "…" : algorithm();
    return ProtectionException.unsupported(
        method, "\"" + name + "\" is not an algorithm that is read here");
  }
}

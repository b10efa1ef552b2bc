package io.keymux.cpix.protection;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.SafeXml;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;

/** A {@code ContentKey} that has a {@code Secret}. */
record KeySecret(KeyId keyId, SecretElement secret) {

  /** Those of a document, in order; keys without a value are left out. */
  static List<KeySecret> all(Element root) {
    List<KeySecret> secrets = new ArrayList<>();
    for (Element key : CpixDom.entries(root, "ContentKeyList", "ContentKey")) {
      CpixDom.child(key, CpixNames.CPIX, "Data")
          .flatMap(data -> CpixDom.child(data, CpixNames.PSKC, "Secret"))
          .map(SecretElement::of)
          .ifPresent(secret -> secrets.add(new KeySecret(keyId(key), secret)));
    }
    return secrets;
  }

  private static KeyId keyId(Element key) {
    return keyId(key, "kid", CpixDom.attribute(key, "kid").orElse(""));
  }

  /**
   * @param attribute that {@code text} stands in
   * @throws InvalidCpixException with code {@code cpix-invalid-kid}
   */
  static KeyId keyId(Element element, String attribute, String text) {
    try {
      return KeyId.parse(text);
    } catch (DrmException e) {
      throw new InvalidCpixException(
          "cpix-invalid-kid",
          SafeXml.path(element) + "/@" + attribute + ": " + e.problem(),
          e.remedy());
    }
  }
}

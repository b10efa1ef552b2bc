package io.keymux.cpix.protection;

import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A {@code pskc:Secret}: its value in exactly one form, and a MAC or none.
 *
 * @see "RFC 6030, binaryDataType"
 */
record SecretElement(
    Element element,
    @Nullable Element plainValue,
    @Nullable Element encryptedValue,
    @Nullable Element mac) {

  /**
   * @throws ProtectionException with code {@code cpix-several-values} or {@code
   *     cpix-secret-without-value}
   */
  static SecretElement of(Element secret) {
    List<Element> plain = CpixDom.children(secret, CpixNames.PSKC, "PlainValue");
    List<Element> encrypted = CpixDom.children(secret, CpixNames.PSKC, "EncryptedValue");
    if (plain.size() + encrypted.size() > 1) {
      throw ProtectionException.severalValues(secret);
    }
    if (plain.isEmpty() && encrypted.isEmpty()) {
      throw ProtectionException.withoutValue(secret, "PlainValue or EncryptedValue");
    }
    return new SecretElement(
        secret,
        plain.isEmpty() ? null : plain.get(0),
        encrypted.isEmpty() ? null : encrypted.get(0),
        CpixDom.child(secret, CpixNames.PSKC, "ValueMAC").orElse(null));
  }
}

package io.keymux.cpix.protection;

import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Values into and out of {@code pskc:Secret} elements. */
final class SecretWriter {
  private SecretWriter() {}

  /**
   * @throws ProtectionException with code {@code cpix-secret-without-value} if it is encrypted
   */
  static SecretBytes plainValue(SecretElement secret) {
    Element element = secret.plainValue();
    if (element == null) {
      throw ProtectionException.withoutValue(secret.element(), "PlainValue");
    }
    byte[] value = CpixDom.base64(element);
    try {
      return SecretBytes.copyOf(value);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  /** Puts a value in the clear where it was encrypted; one in the clear is left alone. */
  static void writePlain(SecretElement secret, SecretBytes value) {
    Element encrypted = secret.encryptedValue();
    if (encrypted == null) {
      return;
    }
    Element plain = NewElements.insert(secret.element(), CpixNames.PSKC, "PlainValue", encrypted);
    byte[] bytes = value.reveal();
    plain.setTextContent(base64(bytes));
    Arrays.fill(bytes, (byte) 0);
    secret.element().removeChild(encrypted);
    if (secret.mac() != null) {
      secret.element().removeChild(secret.mac());
    }
  }

  /** Puts an encrypted value and its MAC where the clear one is. */
  static void writeEncrypted(SecretElement secret, byte[] encrypted, byte[] mac) {
    Element parent = secret.element();
    Element plain = secret.plainValue();
    Element value = NewElements.insert(parent, CpixNames.PSKC, "EncryptedValue", plain);
    fill(value, AlgorithmNames.AES256_CBC, encrypted);
    Element newMac = NewElements.insert(parent, CpixNames.PSKC, "ValueMAC", plain);
    newMac.setTextContent(base64(mac));
    removeIfThere(parent, plain);
    removeIfThere(parent, secret.mac());
  }

  /** Appends {@code EncryptionMethod} and {@code CipherData}. */
  static void fill(Element parent, String algorithm, byte[] encrypted) {
    NewElements.declare(parent, CpixNames.XMLENC);
    NewElements.append(parent, CpixNames.XMLENC, "EncryptionMethod")
        .setAttribute("Algorithm", algorithm);
    Element data = NewElements.append(parent, CpixNames.XMLENC, "CipherData");
    NewElements.text(data, CpixNames.XMLENC, "CipherValue", base64(encrypted));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void removeIfThere(Element parent, @Nullable Element child) {
    if (child != null) {
      parent.removeChild(child);
    }
  }
}

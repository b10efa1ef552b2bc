package io.keymux.cpix.xml;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads the keys of a document that has them in the clear. */
final class ClearSecrets implements SecretReader {
  /** What becomes of keys that are encrypted. */
  enum Encrypted {
    REFUSE,
    LEAVE_OUT
  }

  private final boolean hasRecipients;
  private final Encrypted encrypted;

  ClearSecrets(Element root, Encrypted encrypted) {
    this.hasRecipients = !CpixDom.entries(root, "DeliveryDataList", "DeliveryData").isEmpty();
    this.encrypted = encrypted;
  }

  @Override
  public @Nullable SecretBytes read(KeyId keyId, Element secret) {
    List<Element> plain = new ArrayList<>();
    for (Element child : CpixDom.children(secret)) {
      if ("EncryptedValue".equals(child.getLocalName())) {
        return encrypted(child);
      }
      if ("PlainValue".equals(child.getLocalName())
          && CpixNames.PSKC.equals(child.getNamespaceURI())) {
        plain.add(child);
      }
    }
    requireOne(secret, plain);
    byte[] value = Lexical.base64(plain.get(0).getTextContent(), Place.of(plain.get(0)));
    try {
      return SecretBytes.copyOf(value);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  private @Nullable SecretBytes encrypted(Element value) {
    if (encrypted == Encrypted.LEAVE_OUT) {
      return null;
    }
    throw new DrmException(
        DrmException.Blame.CALLER,
        "cpix-key-encrypted",
        SafeXml.path(value) + ": the content key is encrypted for a recipient.",
        "Read the document with the recipient's private key, or ask for one with clear keys.");
  }

  private void requireOne(Element secret, List<Element> plain) {
    Place place = Place.of(secret);
    if (plain.isEmpty()) {
      throw place.invalid(
          "cpix-secret-without-value",
          "the element has no PlainValue.",
          "Add the value, or remove Data to ask for the key.");
    }
    if (plain.size() > 1) {
      throw Place.of(plain.get(1))
          .invalid(
              "cpix-repeated-element",
              "the element stands " + plain.size() + " times, but may stand once.",
              "Remove the others.");
    }
    if (hasRecipients && encrypted == Encrypted.REFUSE) {
      throw new InvalidCpixException(
          "cpix-clear-key-beside-encrypted",
          place + ": the content key is in the clear, but the document names recipients.",
          "Remove DeliveryDataList if the keys are meant to be in the clear.");
    }
  }
}

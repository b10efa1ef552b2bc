package io.keymux.cpix.validation;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.util.List;
import org.w3c.dom.Element;

/**
 * Encrypted keys and those they are encrypted for.
 *
 * @see "DASH-IF CPIX, DeliveryData and Key encryption"
 */
final class DeliveryCheck implements Check {
  @Override
  public void run(DocumentView tree, Report report) {
    tree.deliveries().forEach(delivery -> delivery(delivery, tree, report));
    boolean recipients = !tree.deliveries().isEmpty();
    for (Element key : tree.keys()) {
      DocumentView.secrets(key).forEach(secret -> secret(secret, recipients, report));
    }
  }

  private static void secret(Element secret, boolean recipients, Report report) {
    List<Element> encrypted = DocumentView.pskc(secret, "EncryptedValue");
    if (recipients) {
      for (Element plain : DocumentView.pskc(secret, "PlainValue")) {
        report.at(
            plain,
            CpixRule.CLEAR_KEY_BESIDE_RECIPIENTS,
            "The key is in the clear although the document names recipients.",
            "Encrypt it for them, or remove DeliveryDataList.");
      }
    } else if (!encrypted.isEmpty()) {
      report.at(
          encrypted.get(0),
          CpixRule.ENCRYPTED_KEY_WITHOUT_RECIPIENT,
          "The key is encrypted, but no DeliveryData says for whom.",
          "Add the DeliveryData of the recipients.");
    }
    if (!encrypted.isEmpty() && DocumentView.pskc(secret, "ValueMAC").isEmpty()) {
      report.at(
          secret,
          CpixRule.MISSING_VALUE_MAC,
          "The encrypted key has no ValueMAC, so changes go unseen.",
          "Add the HMAC of the value.");
    }
  }

  private static void delivery(Element delivery, DocumentView tree, Report report) {
    List<Element> documentKeys = CpixDom.children(delivery, "DocumentKey");
    List<Element> methods = CpixDom.children(delivery, "MACMethod");
    if (!documentKeys.isEmpty() && methods.isEmpty()) {
      report.missing(
          delivery,
          "MACMethod",
          CpixRule.MISSING_MAC_METHOD,
          "The recipient gets no key to check the MACs with.",
          "Add MACMethod with the MAC key.");
    }
    for (Element method : methods) {
      boolean key =
          !DocumentView.pskc(method, "MACKey").isEmpty()
              || !DocumentView.pskc(method, "MACKeyReference").isEmpty()
              || !CpixDom.children(method, "Key").isEmpty();
      if (!key) {
        report.at(
            method,
            CpixRule.MISSING_MAC_KEY,
            "The element has neither MACKey nor, as older writers have it, Key.",
            "Add the MAC key, encrypted for the recipient.");
      }
    }
    documentKeys.forEach(key -> documentKey(key, documentKeys.size(), tree, report));
  }

  private static void documentKey(Element key, int count, DocumentView tree, Report report) {
    if (!key.hasAttribute("encryptsKey")) {
      if (count > 1) {
        report.at(
            key,
            "encryptsKey",
            CpixRule.MISSING_ENCRYPTS_KEY,
            "There are %d document keys, and this one does not say what it encrypts."
                .formatted(count),
            "Name the KID at each document key.");
      }
      return;
    }
    String[] keyIds = ValueType.collapse(key.getAttribute("encryptsKey")).split("[ \t\r\n]+", -1);
    if (keyIds.length > 1) {
      report.at(
          key,
          "encryptsKey",
          CpixRule.ENCRYPTS_KEY_LIST,
          "The attribute lists several KIDs: legal by the prose, invalid by the schema of 2.4.",
          "Write one DocumentKey for each KID.");
    }
    for (String text : keyIds) {
      KeyId keyId = UuidText.parse(text);
      if (keyId != null && !tree.keysById().containsKey(keyId)) {
        report.at(
            key,
            "encryptsKey",
            CpixRule.ENCRYPTS_UNKNOWN_KEY,
            "No ContentKey has KID " + keyId + ".",
            "Add the key or correct the KID.");
      }
    }
  }
}

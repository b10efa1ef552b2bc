package io.keymux.cpix.protection;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Writes {@code DeliveryData} in the order of the schema, or completes what a recipient has there
 * to introduce itself.
 *
 * @param v24 whether the document is of CPIX 2.4, which has no {@code DocumentKey@Algorithm}
 * @param keyNumbers which document key each content key is under; empty if there is one for all
 * @see "DASH-IF CPIX, DeliveryData element"
 */
record DeliveryDataWriter(
    Element root,
    MacKeyForm macKeyForm,
    ValueMac mac,
    boolean v24,
    Map<KeyId, Integer> keyNumbers) {

  void write(
      Map<Bytes, DeliveryElement> named, X509Certificate certificate, FreshKeys.Wrapped keys) {
    Bytes der = KeyDecryptor.der(certificate);
    DeliveryElement existing = named.get(der);
    Element delivery = existing == null ? introduced(der) : existing.element();
    Element deliveryKey = CpixDom.children(delivery, "DeliveryKey").get(0);
    Node next = deliveryKey.getNextSibling();
    boolean several = keys.documentKeys().size() > 1;
    if (several) {
      // The schema lets @encryptsKey hold one KID only, so each has an element.
      keyNumbers.forEach(
          (keyId, number) ->
              writeDocumentKey(delivery, next, keys.documentKeys().get(number), keyId));
    } else {
      writeDocumentKey(delivery, next, keys.documentKeys().get(0), null);
    }
    writeMacMethod(delivery, next, keys.macKey());
  }

  private Element introduced(Bytes certificate) {
    List<Element> lists = CpixDom.children(root, "DeliveryDataList");
    Element list = lists.isEmpty() ? newList() : lists.get(0);
    Element delivery = NewElements.append(list, CpixNames.CPIX, "DeliveryData");
    Element deliveryKey = NewElements.append(delivery, CpixNames.CPIX, "DeliveryKey");
    Element data = NewElements.append(deliveryKey, CpixNames.XMLDSIG, "X509Data");
    NewElements.text(data, CpixNames.XMLDSIG, "X509Certificate", certificate.toBase64());
    return delivery;
  }

  private Element newList() {
    Element first = CpixDom.children(root).stream().findFirst().orElse(null);
    Element list = NewElements.insert(root, CpixNames.CPIX, "DeliveryDataList", first);
    NewElements.declare(list, CpixNames.PSKC, CpixNames.XMLDSIG, CpixNames.XMLENC);
    return list;
  }

  private void writeDocumentKey(
      Element delivery, @Nullable Node next, Bytes wrapped, @Nullable KeyId keyId) {
    Element documentKey = NewElements.insert(delivery, CpixNames.CPIX, "DocumentKey", next);
    NewElements.declare(documentKey, CpixNames.PSKC, CpixNames.XMLENC);
    if (!v24) {
      documentKey.setAttribute("Algorithm", AlgorithmNames.AES256_CBC);
    }
    if (keyId != null) {
      documentKey.setAttribute("encryptsKey", keyId.toString());
    }
    Element data = NewElements.append(documentKey, CpixNames.CPIX, "Data");
    Element secret = NewElements.append(data, CpixNames.PSKC, "Secret");
    writeValue(secret, wrapped, macKeyForm == MacKeyForm.KEY_WITH_VALUE);
  }

  private void writeMacMethod(Element delivery, @Nullable Node next, Bytes wrapped) {
    Element method = NewElements.insert(delivery, CpixNames.CPIX, "MACMethod", next);
    NewElements.declare(method, CpixNames.PSKC, CpixNames.XMLENC);
    method.setAttribute("Algorithm", AlgorithmNames.HMAC_SHA512);
    switch (macKeyForm) {
      case PSKC_MAC_KEY ->
          SecretWriter.fill(
              NewElements.append(method, CpixNames.PSKC, "MACKey"),
              AlgorithmNames.RSA_OAEP,
              wrapped.toArray());
      case KEY_WITH_CIPHER ->
          SecretWriter.fill(
              NewElements.append(method, CpixNames.CPIX, "Key"),
              AlgorithmNames.RSA_OAEP,
              wrapped.toArray());
      case KEY_WITH_VALUE ->
          writeValue(NewElements.append(method, CpixNames.CPIX, "Key"), wrapped, true);
    }
  }

  private void writeValue(Element parent, Bytes wrapped, boolean withMac) {
    Element value = NewElements.append(parent, CpixNames.PSKC, "EncryptedValue");
    SecretWriter.fill(value, AlgorithmNames.RSA_OAEP, wrapped.toArray());
    if (withMac) {
      String text = SecretWriter.base64(mac.of(wrapped.toArray()));
      NewElements.text(parent, CpixNames.PSKC, "ValueMAC", text);
    }
  }
}

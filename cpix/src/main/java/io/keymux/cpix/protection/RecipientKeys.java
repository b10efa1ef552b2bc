package io.keymux.cpix.protection;

import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.SafeXml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * What one recipient gets: the document keys, each for all content keys or for those it names, and
 * the MAC key.
 *
 * @param common the document key for all content keys, or null if each names its own
 * @param macKey null if the document has none and the policy does without
 */
record RecipientKeys(
    @Nullable SecretBytes common, Map<KeyId, SecretBytes> named, @Nullable SecretBytes macKey) {

  /**
   * @throws io.keymux.cpix.DrmException if they cannot be unwrapped, contradict themselves, or lack
   *     what the policy asks for
   */
  static RecipientKeys unwrap(
      DeliveryElement delivery, Credential credential, ProtectionPolicy policy) {
    List<Element> elements = delivery.documentKeys();
    if (elements.isEmpty()) {
      throw ProtectionException.documentKeyMissing(delivery.element());
    }
    Optional<WrappedKey> wrappedMacKey = WrappedKey.macKey(delivery.element());
    if (wrappedMacKey.isEmpty() && !policy.acceptsMissingMac()) {
      throw ProtectionException.macMissing(
          delivery.element(), "the recipient has no MAC key to check values with");
    }
    List<WrappedKey> wrapped = elements.stream().map(WrappedKey::documentKey).toList();
    SecretBytes macKey = wrappedMacKey.map(key -> key.unwrapMacKey(credential)).orElse(null);
    if (macKey != null) {
      ValueMac mac = new ValueMac(macKey);
      wrappedMacKey.ifPresent(key -> key.requireMac(mac));
      wrapped.forEach(key -> key.requireMac(mac));
    }
    Map<KeyId, SecretBytes> named = new HashMap<>();
    for (int i = 0; i < wrapped.size(); i++) {
      SecretBytes documentKey = wrapped.get(i).unwrapDocumentKey(credential);
      Element element = elements.get(i);
      Optional<String> names = CpixDom.attribute(element, "encryptsKey");
      if (names.isEmpty() && elements.size() == 1) {
        return new RecipientKeys(documentKey, named, macKey);
      }
      String list = names.orElseThrow(() -> missingNames(element));
      StringTokenizer tokens = new StringTokenizer(list, " \t\r\n");
      while (tokens.hasMoreTokens()) {
        KeyId keyId = KeySecret.keyId(element, "encryptsKey", tokens.nextToken());
        if (named.putIfAbsent(keyId, documentKey) != null) {
          throw ProtectionException.duplicateDocumentKey(element, keyId);
        }
      }
    }
    return new RecipientKeys(null, named, macKey);
  }

  /** The document key that {@code keyId} is under, or null if the recipient does not get it. */
  @Nullable SecretBytes documentKey(KeyId keyId) {
    return common != null ? common : named.get(keyId);
  }

  void wipe() {
    if (common != null) {
      common.wipe();
    }
    named.values().forEach(SecretBytes::wipe);
    if (macKey != null) {
      macKey.wipe();
    }
  }

  private static InvalidCpixException missingNames(Element documentKey) {
    return new InvalidCpixException(
        "cpix-missing-attribute",
        SafeXml.path(documentKey)
            + "/@encryptsKey: the attribute is missing, but there are several document keys.",
        "Add the attribute.");
  }

  /** A key under RSA-OAEP, with a MAC or none. */
  private record WrappedKey(EncryptedValue encrypted, @Nullable Element mac) {

    static WrappedKey documentKey(Element element) {
      SecretElement secret =
          CpixDom.child(element, CpixNames.CPIX, "Data")
              .flatMap(data -> CpixDom.child(data, CpixNames.PSKC, "Secret"))
              .map(SecretElement::of)
              .orElseThrow(() -> ProtectionException.withoutValue(element, "Secret"));
      Element value = secret.encryptedValue();
      if (value == null) {
        throw ProtectionException.withoutValue(secret.element(), "EncryptedValue");
      }
      return of(value, secret.mac());
    }

    /** The MAC key in any of its three forms; empty if there is none. */
    static Optional<WrappedKey> macKey(Element delivery) {
      Optional<Element> method = CpixDom.child(delivery, CpixNames.CPIX, "MACMethod");
      if (method.isEmpty()) {
        return Optional.empty();
      }
      Element element = method.get();
      String algorithm = CpixDom.attribute(element, "Algorithm").orElse("");
      if (!algorithm.equals(AlgorithmNames.HMAC_SHA512)) {
        throw ProtectionException.unsupported(element, "the MAC is not HMAC-SHA512");
      }
      Optional<Element> pskc = CpixDom.child(element, CpixNames.PSKC, "MACKey");
      Optional<Element> cpix = CpixDom.child(element, CpixNames.CPIX, "Key");
      if (pskc.isPresent() && cpix.isPresent()) {
        throw ProtectionException.severalValues(element);
      }
      if (pskc.isPresent()) {
        return Optional.of(of(pskc.get(), null));
      }
      return cpix.map(WrappedKey::macKeyOfCpix);
    }

    private static WrappedKey macKeyOfCpix(Element key) {
      Optional<Element> value = CpixDom.child(key, CpixNames.PSKC, "EncryptedValue");
      boolean bare = !CpixDom.children(key, CpixNames.XMLENC, "CipherData").isEmpty();
      if (value.isPresent() && bare) {
        throw ProtectionException.severalValues(key);
      }
      return of(value.orElse(key), CpixDom.child(key, CpixNames.PSKC, "ValueMAC").orElse(null));
    }

    private static WrappedKey of(Element value, @Nullable Element mac) {
      EncryptedValue encrypted = EncryptedValue.of(value);
      encrypted.requireRsaOaep();
      return new WrappedKey(encrypted, mac);
    }

    SecretBytes unwrapDocumentKey(Credential credential) {
      return Decryption.attempt(
          encrypted.element(),
          () -> RsaOaep.unwrap(credential.privateKey(), encrypted.value().toArray()),
          size -> size == 16 || size == 24 || size == KeyCipher.KEY_BYTES);
    }

    SecretBytes unwrapMacKey(Credential credential) {
      return Decryption.attempt(
          encrypted.element(),
          () -> RsaOaep.unwrap(credential.privateKey(), encrypted.value().toArray()),
          size -> size >= ValueMac.LEAST_KEY_BYTES);
    }

    /** Only AWS writes one here, and it can be checked only after the MAC key is unwrapped. */
    void requireMac(ValueMac key) {
      if (mac != null && !key.matches(encrypted.value().toArray(), CpixDom.base64(mac))) {
        throw ProtectionException.macInvalid(mac);
      }
    }
  }
}

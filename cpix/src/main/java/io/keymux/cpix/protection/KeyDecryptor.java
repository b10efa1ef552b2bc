package io.keymux.cpix.protection;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.SecretReader;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Reads the content keys of one document for those recipients whose credentials are at hand.
 *
 * <p>Each value's MAC is checked before the value is decrypted. A key that is refused leaves the
 * others readable. Not safe for several threads; close it to wipe the document and MAC keys.
 *
 * @see "DASH-IF CPIX, Key Encryption in the CPIX Document"
 */
public final class KeyDecryptor implements SecretReader, AutoCloseable {
  private final Element root;
  private final ProtectionPolicy policy;
  private final boolean namesRecipients;
  private final Map<X509Certificate, RecipientKeys> recipients;

  private KeyDecryptor(
      Element root, ProtectionPolicy policy, Map<X509Certificate, RecipientKeys> recipients) {
    this.root = root;
    this.policy = policy;
    this.namesRecipients = !DeliveryElement.all(root).isEmpty();
    this.recipients = recipients;
  }

  /**
   * Unwraps the document and MAC keys, unless no content key is encrypted. That costs two RSA
   * private operations for each credential that the document is for.
   *
   * @param root the {@code CPIX} element
   * @param credentials recipients are matched by certificate, byte for byte
   * @throws ProtectionException with code {@code cpix-recipient-not-found} if the document is for
   *     none of them; {@code cpix-weak-certificate}, {@code cpix-mac-missing}, {@code
   *     cpix-mac-invalid}, {@code cpix-key-decryption-failed}, {@code cpix-algorithm-unsupported},
   *     {@code cpix-several-values}, {@code cpix-document-key-missing}, {@code
   *     cpix-duplicate-recipient} or {@code cpix-duplicate-document-key}
   * @throws io.keymux.cpix.InvalidCpixException if the delivery data contradicts CPIX
   */
  public static KeyDecryptor of(
      Element root, List<Credential> credentials, ProtectionPolicy policy) {
    Map<X509Certificate, RecipientKeys> recipients = new LinkedHashMap<>();
    if (hasEncryptedKey(root)) {
      List<DeliveryElement> deliveries = DeliveryElement.all(root);
      for (Credential credential : credentials) {
        DeliveryElement delivery = delivery(deliveries, credential.certificate());
        if (delivery != null && !recipients.containsKey(credential.certificate())) {
          policy.requireStrong(credential.certificate());
          recipients.put(
              credential.certificate(), RecipientKeys.unwrap(delivery, credential, policy));
        }
      }
      if (recipients.isEmpty()) {
        throw ProtectionException.recipientNotFound(root);
      }
    }
    return new KeyDecryptor(root, policy, recipients);
  }

  /** The certificates at hand that the document is for; empty if no key of it is encrypted. */
  public List<X509Certificate> recipients() {
    return List.copyOf(recipients.keySet());
  }

  /**
   * Reads a key.
   *
   * @return null if the document has no document key for it that one of the recipients gets: since
   *     2.4 each may get its share of the keys
   * @throws ProtectionException with code {@code cpix-mac-missing}, {@code cpix-mac-invalid},
   *     {@code cpix-key-decryption-failed}, {@code cpix-clear-key-beside-encrypted}, {@code
   *     cpix-several-values}, {@code cpix-secret-without-value} or {@code
   *     cpix-algorithm-unsupported}
   */
  @Override
  public @Nullable SecretBytes read(KeyId keyId, Element secret) {
    SecretElement form = SecretElement.of(secret);
    if (form.encryptedValue() == null) {
      return plain(form);
    }
    for (RecipientKeys keys : recipients.values()) {
      SecretBytes documentKey = keys.documentKey(keyId);
      if (documentKey != null) {
        return decrypt(form, EncryptedValue.of(form.encryptedValue()), documentKey, keys.macKey());
      }
    }
    return null;
  }

  /**
   * Puts all content keys of the document in the clear and removes its {@code DeliveryDataList}.
   * Signatures over either break. On an error the document is unchanged.
   *
   * @throws ProtectionException as {@link #read}; also {@code cpix-recipient-not-found} if a key is
   *     not for the recipients at hand
   */
  public void decryptInPlace() {
    Map<KeySecret, SecretBytes> values = new LinkedHashMap<>();
    try {
      for (KeySecret key : KeySecret.all(root)) {
        SecretBytes value = read(key.keyId(), key.secret().element());
        if (value == null) {
          throw ProtectionException.notForRecipient(key.secret().element(), key.keyId());
        }
        values.put(key, value);
      }
      values.forEach((key, value) -> SecretWriter.writePlain(key.secret(), value));
      CpixDom.children(root, "DeliveryDataList").forEach(root::removeChild);
    } finally {
      values.values().forEach(SecretBytes::wipe);
    }
  }

  /** Wipes the document and MAC keys; encrypted values cannot be read from then on. */
  @Override
  public void close() {
    recipients.values().forEach(RecipientKeys::wipe);
  }

  /** What was unwrapped for a recipient; null if the document is not for it. */
  @Nullable RecipientKeys keys(X509Certificate certificate) {
    return recipients.get(certificate);
  }

  private SecretBytes plain(SecretElement form) {
    if (namesRecipients && !policy.acceptsClearBesideEncrypted()) {
      throw ProtectionException.clearBesideEncrypted(form.element());
    }
    return SecretWriter.plainValue(form);
  }

  private SecretBytes decrypt(
      SecretElement form,
      EncryptedValue encrypted,
      SecretBytes documentKey,
      @Nullable SecretBytes macKey) {
    encrypted.requireContentKeyAlgorithm();
    byte[] value = encrypted.value().toArray();
    Element mac = form.mac();
    if (mac == null && !policy.acceptsMissingMac()) {
      throw ProtectionException.macMissing(form.element(), "the encrypted value has no ValueMAC");
    }
    if (mac != null && macKey != null) {
      if (!new ValueMac(macKey).matches(value, CpixDom.base64(mac))) {
        throw ProtectionException.macInvalid(mac);
      }
    }
    return Decryption.attempt(
        form.element(),
        () ->
            new KeyCipher(documentKey)
                .decrypt(encrypted.algorithm(), value, policy.acceptsXmlencPadding()),
        size -> true);
  }

  private static boolean hasEncryptedKey(Element root) {
    return CpixDom.entries(root, "ContentKeyList", "ContentKey").stream()
        .flatMap(key -> CpixDom.children(key, "Data").stream())
        .flatMap(data -> CpixDom.children(data).stream())
        .flatMap(secret -> CpixDom.children(secret).stream())
        .anyMatch(value -> "EncryptedValue".equals(value.getLocalName()));
  }

  private static @Nullable DeliveryElement delivery(
      List<DeliveryElement> deliveries, X509Certificate certificate) {
    Bytes der = der(certificate);
    List<DeliveryElement> mine = new ArrayList<>(deliveries);
    mine.removeIf(delivery -> !delivery.isFor(der));
    if (mine.size() > 1) {
      throw ProtectionException.duplicateRecipient(mine.get(1).element());
    }
    return mine.isEmpty() ? null : mine.get(0);
  }

  static Bytes der(X509Certificate certificate) {
    try {
      return Bytes.copyOf(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was parsed has no encoding", e);
    }
  }
}

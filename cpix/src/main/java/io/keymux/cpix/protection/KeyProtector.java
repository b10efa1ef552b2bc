package io.keymux.cpix.protection;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.xml.CpixDom;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Encrypts the content keys of documents for recipients: AES-256-CBC under fresh document keys,
 * with HMAC-SHA512, and these keys under RSA-OAEP. Safe for use by several threads.
 *
 * @see "DASH-IF CPIX, Key Encryption in the CPIX Document"
 */
public final class KeyProtector {
  private final MacKeyForm macKeyForm;
  private final ProtectionPolicy policy;
  private final SecureRandom random;

  /**
   * @param policy what is asked of the recipients' certificates
   * @param random for keys, IVs and seeds
   */
  public KeyProtector(MacKeyForm macKeyForm, ProtectionPolicy policy, SecureRandom random) {
    this.macKeyForm = macKeyForm;
    this.policy = policy;
    this.random = random;
  }

  /**
   * The certificates that a document itself names, as a SPEKE request does.
   *
   * @throws io.keymux.cpix.DrmException with code {@code certificate-unreadable}, {@code
   *     cpix-secret-without-value} or {@code cpix-invalid-base64}
   */
  public static List<X509Certificate> recipients(Element root) {
    return DeliveryElement.all(root).stream().map(DeliveryElement::certificate).toList();
  }

  /** {@link #protect(Element, List, List)} with one document key. */
  public void protect(Element root, List<X509Certificate> recipients) {
    protect(root, recipients, List.of());
  }

  /**
   * Encrypts every value of the document in place. All recipients get all keys. It costs an RSA
   * public operation for each recipient and key: the MAC key, and each document key. Signatures
   * over the list of keys or the document break. On an error the document is unchanged.
   *
   * @param root the {@code CPIX} element
   * @param recipients are added to those that the document names itself, each once
   * @param keySets content keys with a document key of their own; those in no set share one. Sets
   *     must not overlap. For CPIX 2.4; empty for one document key
   * @throws ProtectionException with code {@code cpix-already-encrypted}, {@code
   *     cpix-no-recipient}, {@code cpix-nothing-to-encrypt}, {@code cpix-weak-certificate}, {@code
   *     cpix-duplicate-recipient}, {@code cpix-several-values}, {@code cpix-wrong-size}; with key
   *     sets also {@code cpix-key-sets-unsupported} or {@code cpix-unknown-kid}
   * @throws io.keymux.cpix.DrmException if a value or certificate in the document cannot be read
   */
  public void protect(Element root, List<X509Certificate> recipients, List<Set<KeyId>> keySets) {
    boolean v24 =
        CpixDom.attribute(root, "version").map(CpixVersion::of).stream()
            .anyMatch(version -> version.isAtLeast(CpixVersion.V2_4));
    if (!keySets.isEmpty() && !v24) {
      throw ProtectionException.keySetsUnsupported(root);
    }
    List<KeySecret> secrets = clearSecrets(root);
    Map<Bytes, DeliveryElement> named = named(root);
    Set<X509Certificate> certificates = new LinkedHashSet<>();
    named.values().forEach(delivery -> certificates.add(delivery.certificate()));
    certificates.addAll(recipients);
    if (certificates.isEmpty()) {
      throw ProtectionException.noRecipient(root);
    }
    certificates.forEach(policy::requireStrong);
    Map<KeyId, Integer> keyNumbers = keyNumbers(root, secrets, keySets);
    Map<KeySecret, SecretBytes> values = new LinkedHashMap<>();
    try (FreshKeys keys = new FreshKeys(numberOfKeys(keyNumbers), random)) {
      secrets.forEach(secret -> values.put(secret, keyValue(secret)));
      Map<X509Certificate, FreshKeys.Wrapped> wrapped = new LinkedHashMap<>();
      certificates.forEach(certificate -> wrapped.put(certificate, keys.wrap(certificate)));
      DeliveryDataWriter writer =
          new DeliveryDataWriter(root, macKeyForm, keys.mac(), v24, keyNumbers);
      wrapped.forEach((certificate, forIt) -> writer.write(named, certificate, forIt));
      values.forEach(
          (secret, value) -> {
            int number = keyNumbers.getOrDefault(secret.keyId(), 0);
            byte[] clear = value.reveal();
            byte[] encrypted = keys.cipher(number).encrypt(clear, random);
            Arrays.fill(clear, (byte) 0);
            SecretWriter.writeEncrypted(secret.secret(), encrypted, keys.mac().of(encrypted));
          });
    } finally {
      values.values().forEach(SecretBytes::wipe);
    }
  }

  private static SecretBytes keyValue(KeySecret secret) {
    SecretBytes value = SecretWriter.plainValue(secret.secret());
    if (value.size() == 16 || value.size() == 32) {
      return value;
    }
    value.wipe();
    throw ProtectionException.wrongSize(secret.secret().element(), value.size());
  }

  private static List<KeySecret> clearSecrets(Element root) {
    List<KeySecret> secrets = KeySecret.all(root);
    for (KeySecret secret : secrets) {
      if (secret.secret().encryptedValue() != null) {
        throw ProtectionException.alreadyEncrypted(secret.secret().element());
      }
    }
    if (secrets.isEmpty()) {
      throw ProtectionException.nothingToEncrypt(root);
    }
    return secrets;
  }

  /** The recipients that the document names itself and that have no keys yet. */
  private static Map<Bytes, DeliveryElement> named(Element root) {
    Map<Bytes, DeliveryElement> named = new LinkedHashMap<>();
    for (DeliveryElement delivery : DeliveryElement.all(root)) {
      if (delivery.hasKeys()) {
        throw ProtectionException.alreadyEncrypted(delivery.element());
      }
      if (named.putIfAbsent(KeyDecryptor.der(delivery.certificate()), delivery) != null) {
        throw ProtectionException.duplicateRecipient(delivery.element());
      }
    }
    return named;
  }

  /** Which document key each content key is under; empty if there is one for all. */
  private static Map<KeyId, Integer> keyNumbers(
      Element root, List<KeySecret> secrets, List<Set<KeyId>> keySets) {
    Map<KeyId, Integer> numbers = new LinkedHashMap<>();
    if (keySets.isEmpty()) {
      return numbers;
    }
    secrets.forEach(secret -> numbers.put(secret.keyId(), keySets.size()));
    for (int number = 0; number < keySets.size(); number++) {
      for (KeyId keyId : keySets.get(number)) {
        Integer before = numbers.put(keyId, number);
        if (before == null) {
          throw ProtectionException.unknownKey(root, keyId);
        }
        if (before < number) {
          throw new IllegalArgumentException("two key sets name KID " + keyId);
        }
      }
    }
    return numbers;
  }

  private static int numberOfKeys(Map<KeyId, Integer> keyNumbers) {
    return 1 + keyNumbers.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }
}

package io.keymux.cpix.protection;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The document keys and the MAC key of one document that is being encrypted. */
final class FreshKeys implements AutoCloseable {
  private final SecureRandom random;
  private final List<SecretBytes> documentKeys = new ArrayList<>();
  private final List<KeyCipher> ciphers = new ArrayList<>();
  private final SecretBytes macKey;
  private final ValueMac mac;

  FreshKeys(int numberOfDocumentKeys, SecureRandom random) {
    this.random = random;
    for (int i = 0; i < numberOfDocumentKeys; i++) {
      documentKeys.add(fresh(KeyCipher.KEY_BYTES));
      ciphers.add(new KeyCipher(documentKeys.get(i)));
    }
    this.macKey = fresh(ValueMac.KEY_BYTES);
    this.mac = new ValueMac(macKey);
  }

  /** Keys under the key of one recipient. */
  record Wrapped(List<Bytes> documentKeys, Bytes macKey) {}

  Wrapped wrap(X509Certificate recipient) {
    return new Wrapped(
        documentKeys.stream().map(key -> wrap(recipient, key)).toList(), wrap(recipient, macKey));
  }

  KeyCipher cipher(int documentKey) {
    return ciphers.get(documentKey);
  }

  ValueMac mac() {
    return mac;
  }

  @Override
  public void close() {
    documentKeys.forEach(SecretBytes::wipe);
    macKey.wipe();
  }

  private SecretBytes fresh(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    SecretBytes key = SecretBytes.copyOf(bytes);
    Arrays.fill(bytes, (byte) 0);
    return key;
  }

  private Bytes wrap(X509Certificate recipient, SecretBytes key) {
    byte[] bytes = key.reveal();
    Bytes wrapped = Bytes.copyOf(RsaOaep.wrap(recipient, bytes, random));
    Arrays.fill(bytes, (byte) 0);
    return wrapped;
  }
}

package io.keymux.cpix.credential;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The one private key of a PKCS#12 file, with its certificate.
 *
 * @see "RFC 7292, PKCS #12: Personal Information Exchange Syntax"
 */
final class Pkcs12File {
  private Pkcs12File() {}

  static Credential read(String name, byte[] file, Password password) {
    KeyStore store = loaded(name, file, password);
    try {
      List<String> aliases =
          Collections.list(store.aliases()).stream().filter(alias -> isKey(store, alias)).toList();
      if (aliases.size() != 1) {
        throw CredentialException.unusable(name, "holds " + aliases.size() + " private keys");
      }
      Key key = store.getKey(aliases.get(0), null);
      if (!(key instanceof PrivateKey) || !"RSA".equals(key.getAlgorithm())) {
        throw CredentialException.notRsa(name);
      }
      return CredentialReader.matching(
          name, PrivateKeys.ofPkcs8(name, key.getEncoded()), certificates(name, store));
    } catch (GeneralSecurityException e) {
      throw CredentialException.noPrivateKey(name);
    }
  }

  private static KeyStore loaded(String name, byte[] file, Password password) {
    // Without a password the file may still be well formed, with nothing in it encrypted.
    char[] characters = password.isAbsent() ? new char[0] : password.required(name);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12", BouncyCastle.PROVIDER);
      store.load(new ByteArrayInputStream(file), characters);
      return store;
    } catch (IOException e) {
      if (!isMacFailure(e)) {
        throw CredentialException.noPrivateKey(name);
      }
      throw password.isAbsent()
          ? CredentialException.passwordMissing(name)
          : CredentialException.passwordWrong(name);
    } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
      throw CredentialException.noPrivateKey(name);
    }
  }

  /** Bouncy Castle tells a wrong password from a damaged file by its words only. */
  private static boolean isMacFailure(IOException e) {
    return String.valueOf(e.getMessage()).contains("wrong password");
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the store was loaded", e);
    }
  }

  private static List<X509Certificate> certificates(String name, KeyStore store)
      throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      Certificate certificate = store.getCertificate(alias);
      if (certificate != null) {
        certificates.add(CertificateReader.readDer(name, certificate.getEncoded()));
      }
    }
    return certificates;
  }
}

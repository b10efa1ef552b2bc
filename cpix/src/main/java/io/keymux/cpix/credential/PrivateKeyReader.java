package io.keymux.cpix.credential;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.jspecify.annotations.Nullable;

/** Reads private keys of servers, of any kind that TLS has a use for. */
public final class PrivateKeyReader {
  private static final List<String> KINDS = List.of("EC", "RSA", "Ed25519", "RSASSA-PSS");

  private PrivateKeyReader() {}

  /**
   * The first private key of a PEM file, as a key of the JDK's own provider.
   *
   * @param name what messages call the file
   * @param file PKCS#8, PKCS#1 or SEC 1, without a password; other blocks may stand beside
   * @throws CredentialException with code {@code certificate-unreadable} if a block is damaged,
   *     {@code private-key-unreadable} if there is no key, or one that is encrypted or of another
   *     kind
   * @see "RFC 5915, Elliptic Curve Private Key Structure"
   */
  public static PrivateKey read(String name, byte[] file) {
    for (Object part : PemFile.read(name, file).others()) {
      if (part instanceof PrivateKeyInfo info) {
        return read(name, info);
      }
      if (part instanceof PEMKeyPair pair) {
        return read(name, pair.getPrivateKeyInfo());
      }
    }
    throw CredentialException.noPrivateKey(name);
  }

  private static PrivateKey read(String name, PrivateKeyInfo info) {
    byte[] encoded = new byte[0];
    try {
      encoded = info.getEncoded();
      for (String kind : KINDS) {
        PrivateKey key = ofKind(kind, encoded);
        if (key != null) {
          return key;
        }
      }
    } catch (IOException e) {
      throw CredentialException.noPrivateKey(name);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
    throw CredentialException.noPrivateKey(name);
  }

  private static @Nullable PrivateKey ofKind(String kind, byte[] encoded) {
    try {
      return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      return null;
    }
  }
}

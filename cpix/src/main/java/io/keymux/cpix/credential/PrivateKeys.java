package io.keymux.cpix.credential;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Private keys out of their encodings, as keys of the JDK's own provider.
 *
 * @see "RFC 5958, Asymmetric Key Packages (PKCS#8)"
 * @see "RFC 8017, A.1.2 RSA Private Key Syntax (PKCS#1)"
 */
final class PrivateKeys {
  private PrivateKeys() {}

  /** The one private key among the objects of a PEM file. */
  static PrivateKey of(String name, List<Object> objects, Password password) {
    List<PrivateKeyInfo> keys = new ArrayList<>();
    try {
      for (Object object : objects) {
        if (object instanceof PrivateKeyInfo plain) {
          keys.add(plain);
        } else if (object instanceof PEMKeyPair pair) {
          keys.add(pair.getPrivateKeyInfo());
        } else if (object instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
          keys.add(decrypted(name, encrypted, password));
        } else if (object instanceof PEMEncryptedKeyPair pair) {
          keys.add(decrypted(name, pair, password));
        }
      }
    } catch (IllegalArgumentException e) {
      throw CredentialException.noPrivateKey(name);
    }
    if (keys.isEmpty()) {
      throw CredentialException.noPrivateKey(name);
    }
    if (keys.size() > 1) {
      throw CredentialException.unusable(name, "holds " + keys.size() + " private keys");
    }
    return ofInfo(name, keys.get(0));
  }

  /** What begins with a number is a key, what begins with an algorithm is an encrypted one. */
  static PrivateKey ofDer(String name, byte[] der, Password password) {
    try {
      ASN1Sequence sequence = ASN1Sequence.getInstance(der);
      if (!(sequence.getObjectAt(0) instanceof ASN1Integer)) {
        EncryptedPrivateKeyInfo encrypted = EncryptedPrivateKeyInfo.getInstance(sequence);
        return ofInfo(name, decrypted(name, new PKCS8EncryptedPrivateKeyInfo(encrypted), password));
      }
      if (sequence.getObjectAt(1) instanceof ASN1Integer) {
        AlgorithmIdentifier rsa =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        return ofInfo(name, new PrivateKeyInfo(rsa, sequence));
      }
      return ofInfo(name, PrivateKeyInfo.getInstance(sequence));
    } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw CredentialException.noPrivateKey(name);
    }
  }

  /** The same key in the JDK's own class, which the JDK's ciphers take without translation. */
  static PrivateKey ofPkcs8(String name, byte[] pkcs8) {
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw CredentialException.noPrivateKey(name);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private static PrivateKey ofInfo(String name, PrivateKeyInfo info) {
    if (!PKCSObjectIdentifiers.rsaEncryption.equals(info.getPrivateKeyAlgorithm().getAlgorithm())) {
      throw CredentialException.notRsa(name);
    }
    try {
      return ofPkcs8(name, info.getEncoded());
    } catch (IOException e) {
      throw CredentialException.noPrivateKey(name);
    }
  }

  private static PrivateKeyInfo decrypted(
      String name, PKCS8EncryptedPrivateKeyInfo encrypted, Password password) {
    char[] characters = password.required(name);
    try {
      return encrypted.decryptPrivateKeyInfo(
          new JceOpenSSLPKCS8DecryptorProviderBuilder()
              .setProvider(BouncyCastle.PROVIDER)
              .build(characters));
    } catch (PKCSException | OperatorCreationException | IllegalArgumentException e) {
      throw CredentialException.passwordWrong(name);
    }
  }

  private static PrivateKeyInfo decrypted(
      String name, PEMEncryptedKeyPair encrypted, Password password) {
    char[] characters = password.required(name);
    try {
      return encrypted
          .decryptKeyPair(
              new JcePEMDecryptorProviderBuilder()
                  .setProvider(BouncyCastle.PROVIDER)
                  .build(characters))
          .getPrivateKeyInfo();
    } catch (IOException | IllegalArgumentException e) {
      throw CredentialException.passwordWrong(name);
    }
  }
}

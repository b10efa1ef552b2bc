package io.keymux.cpix.credential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.jspecify.annotations.Nullable;

/** The forms in which others hand out a credential. */
final class CredentialFiles {
  private CredentialFiles() {}

  static byte[] pem(Certificate certificate) {
    return pem((Object) certificate);
  }

  /** PKCS#1. */
  static byte[] pkcs1(Credential credential, @Nullable String password) throws IOException {
    return pem(
        new JcaMiscPEMGenerator(
            credential.privateKey(),
            password == null
                ? null
                : new JcePEMEncryptorBuilder("AES-256-CBC")
                    .setProvider(BouncyCastle.PROVIDER)
                    .build(password.toCharArray())));
  }

  /** PKCS#8; encrypted by PBES2 with AES-256 if there is a password. */
  static byte[] pkcs8(Credential credential, @Nullable String password) throws IOException {
    return pkcs8(credential, password, JceOpenSSLPKCS8EncryptorBuilder.AES_256_CBC);
  }

  static byte[] pkcs8(Credential credential, @Nullable String password, String algorithm)
      throws IOException {
    try {
      OutputEncryptor encryptor =
          password == null
              ? null
              : new JceOpenSSLPKCS8EncryptorBuilder(new ASN1ObjectIdentifier(algorithm))
                  .setProvider(BouncyCastle.PROVIDER)
                  .setRandom(new SecureRandom())
                  .setPassword(password.toCharArray())
                  .build();
      return pem(new JcaPKCS8Generator(credential.privateKey(), encryptor).generate());
    } catch (OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] pkcs12(String password, Credential... credentials) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Credential credential : credentials) {
      store.setKeyEntry(
          credential.toString(),
          credential.privateKey(),
          password.toCharArray(),
          new Certificate[] {credential.certificate()});
    }
    return bytes(store, password);
  }

  static byte[] bytes(KeyStore store, String password)
      throws IOException, GeneralSecurityException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, password.toCharArray());
    return out.toByteArray();
  }

  static byte[] joined(byte[]... files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] file : files) {
      out.writeBytes(file);
    }
    return out.toByteArray();
  }

  private static byte[] pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      if (object instanceof PemObjectGenerator generator) {
        writer.writeObject(generator);
      } else {
        writer.writeObject(object);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return text.toString().getBytes(ISO_8859_1);
  }
}

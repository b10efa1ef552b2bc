package io.keymux.api.wire;

import io.keymux.api.config.TlsSettings;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.credential.CertificateReader;
import io.keymux.cpix.credential.PrivateKeyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Makes of files in PEM what a server needs to speak TLS 1.2 and 1.3. */
final class Tls {
  private static final int MOST_BYTES = 1 << 20;

  /** Guards entries of a key store that never leaves the memory. */
  private static final String ANY = "any";

  private Tls() {}

  /**
   * @throws DrmException with code {@code invalid-config} if a file cannot be read, {@code
   *     certificate-unreadable} or {@code private-key-unreadable} if it is not what it should be
   */
  static SslContextFactory.Server context(TlsSettings settings) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    load(context, settings);
    context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    return context;
  }

  /** Reads the files again. */
  static void load(SslContextFactory.Server context, TlsSettings settings) {
    try {
      Certificate[] chain = certificates(settings.certificate());
      KeyStore own = empty();
      own.setKeyEntry("own", key(settings.key()), ANY.toCharArray(), chain);
      context.setKeyStore(own);
      context.setKeyStorePassword(ANY);
      Path authorities = settings.clientAuthorities();
      if (authorities != null) {
        KeyStore trusted = empty();
        for (Certificate authority : certificates(authorities)) {
          trusted.setCertificateEntry("authority-" + trusted.size(), authority);
        }
        context.setTrustStore(trusted);
        context.setWantClientAuth(true);
      }
    } catch (GeneralSecurityException | IOException e) {
      throw invalid("security.tls: certificate and key do not go together");
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Certificate[] certificates(Path file) {
    return CertificateReader.read(file.toString(), bytes(file)).toArray(new X509Certificate[0]);
  }

  private static PrivateKey key(Path file) {
    byte[] pem = bytes(file);
    try {
      return PrivateKeyReader.read(file.toString(), pem);
    } finally {
      Arrays.fill(pem, (byte) 0);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw invalid("%s is larger than 1 MiB".formatted(file));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw invalid("%s cannot be read: %s".formatted(file, e.getClass().getSimpleName()));
    }
  }

  private static DrmException invalid(String problem) {
    return new DrmException(
        Blame.CALLER,
        "invalid-config",
        problem + ".",
        "Name files in PEM in security.tls: the certificate with those that lead to its authority,"
            + " the private key without a password.");
  }
}

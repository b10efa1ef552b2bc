package io.keymux.cpix.credential;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads certificates. Those in DER are read by the JDK alone. */
public final class CertificateReader {
  private static final int DER_SEQUENCE = 0x30;

  private CertificateReader() {}

  /**
   * All certificates of a file, in its order.
   *
   * @param name what messages call the file
   * @param file PEM with any number of certificates, or one certificate in DER
   * @throws CredentialException with code {@code certificate-unreadable} if it holds none, or one
   *     that is damaged
   */
  public static List<X509Certificate> read(String name, byte[] file) {
    if (isDer(file)) {
      return List.of(readDer(name, file));
    }
    List<X509Certificate> certificates = PemFile.read(name, file).certificates();
    if (certificates.isEmpty()) {
      throw CredentialException.noCertificate(name);
    }
    return certificates;
  }

  /**
   * @param name what messages call it
   * @throws CredentialException with code {@code certificate-unreadable}
   */
  public static X509Certificate readDer(String name, byte[] der) {
    ByteArrayInputStream in = new ByteArrayInputStream(der);
    try {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      if (in.available() == 0 && isDer(der)) {
        return certificate;
      }
    } catch (CertificateException e) {
      // Falls through: its message would quote the bytes.
    }
    throw CredentialException.noCertificate(name);
  }

  static boolean isDer(byte[] file) {
    return file.length > 0 && file[0] == DER_SEQUENCE;
  }
}

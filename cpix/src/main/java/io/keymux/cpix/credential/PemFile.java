package io.keymux.cpix.credential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;

/**
 * What stands in a PEM file: certificates, and other objects as Bouncy Castle gives them.
 *
 * @param others private keys in their forms, and whatever else there is
 */
record PemFile(List<X509Certificate> certificates, List<Object> others) {

  /**
   * @throws CredentialException with code {@code certificate-unreadable} if a block is damaged
   */
  static PemFile read(String name, byte[] file) {
    List<X509Certificate> certificates = new ArrayList<>();
    List<Object> others = new ArrayList<>();
    try (PEMParser parser =
        new PEMParser(new InputStreamReader(new ByteArrayInputStream(file), ISO_8859_1))) {
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        if (found instanceof X509CertificateHolder holder) {
          certificates.add(CertificateReader.readDer(name, holder.getEncoded()));
        } else {
          others.add(found);
        }
      }
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw CredentialException.noCertificate(name);
    }
    return new PemFile(certificates, others);
  }
}

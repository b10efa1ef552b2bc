package io.keymux.cpix.protection;

import io.keymux.cpix.credential.CertificateReader;
import io.keymux.cpix.credential.Credential;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import org.w3c.dom.Document;

/** Encrypts a document for a certificate and reads it back. */
public final class RoundTrip implements Callable<Boolean> {
  private final byte[] certificate;
  private final Object privateKey;

  public RoundTrip(byte[] certificate, Object privateKey) {
    this.certificate = certificate;
    this.privateKey = privateKey;
  }

  @Override
  public Boolean call() {
    X509Certificate parsed = CertificateReader.readDer("certificate", certificate);
    Document document = Documents.parse(Documents.clear("2.3"));
    Documents.protector(MacKeyForm.KEY_WITH_VALUE)
        .protect(document.getDocumentElement(), List.of(parsed));
    Credential credential = new Credential(parsed, (PrivateKey) privateKey);
    return Documents.read(document, Documents.decryptor(document, credential))
        .equals(Documents.keys());
  }
}

package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.keymux.cpix.credential.Credential;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** An authority, a server and a client of it, and a client of another one, as PEM. */
final class TestKeys {
  static final Credential ROOT = io.keymux.keyserver.auth.Certificates.selfSigned("root");
  static final Credential SERVER =
      io.keymux.keyserver.auth.Certificates.issuedBy(ROOT, "server", "127.0.0.1");
  static final Credential CLIENT =
      io.keymux.keyserver.auth.Certificates.issuedBy(ROOT, "client", null);
  static final Credential FOREIGN = io.keymux.keyserver.auth.Certificates.selfSigned("foreign");

  private static final String PASSWORD = "changeit";

  private TestKeys() {}

  static String certificate(Credential credential) {
    try {
      return pem("CERTIFICATE", credential.certificate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String privateKey(Credential credential) {
    return pem("PRIVATE KEY", credential.privateKey().getEncoded());
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(type, Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der));
  }

  /** The server's key and what it trusts, in one store. */
  static Path store(Path directory) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server",
          SERVER.privateKey(),
          PASSWORD.toCharArray(),
          new X509Certificate[] {SERVER.certificate()});
      store.setCertificateEntry("root", ROOT.certificate());
      Path file = directory.resolve("server.p12");
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, PASSWORD.toCharArray());
      }
      return file;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  static String password() {
    return PASSWORD;
  }
}

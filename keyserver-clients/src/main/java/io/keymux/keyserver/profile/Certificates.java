package io.keymux.keyserver.profile;

import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.CertificateReader;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.CredentialReader;
import io.keymux.keyserver.auth.MutualTls;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Keys and certificates of an account; all are PEM, and stand elsewhere. */
final class Certificates {
  private Certificates() {}

  /**
   * A private key and its certificate.
   *
   * @param key the field of the key; its password is the field of that name with {@code Password}
   */
  static Credential credential(ProfileFields fields, String key, String certificate) {
    X509Certificate own = chain(fields, certificate).get(0);
    SecretBytes password = fields.optionalSecret(key + "Password");
    return revealed(
        fields.secret(key),
        bytes -> CredentialReader.read(own, fields.place(key), bytes, password));
  }

  static List<X509Certificate> chain(ProfileFields fields, String certificate) {
    return revealed(
        fields.secret(certificate),
        bytes -> CertificateReader.read(fields.place(certificate), bytes));
  }

  /** What the section {@code tls} describes, or null if there is none. */
  static @Nullable SSLContext tls(ProfileFields fields) {
    ProfileFields tls = fields.section("tls");
    if (!fields.has("tls")) {
      return null;
    }
    Credential own = tls.has("privateKey") ? credential(tls, "privateKey", "certificate") : null;
    List<X509Certificate> chain = own == null ? List.of() : chain(tls, "certificate");
    List<X509Certificate> trusted = tls.has("authorities") ? chain(tls, "authorities") : List.of();
    return MutualTls.of(own, chain.isEmpty() ? chain : chain.subList(1, chain.size()), trusted);
  }

  private static <T> T revealed(SecretBytes secret, Function<byte[], T> read) {
    byte[] bytes = secret.reveal();
    try {
      return read.apply(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      secret.wipe();
    }
  }
}

package io.keymux.keyserver.auth;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.credential.Credential;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS with a certificate of our own, or with other authorities than the JDK's, for {@link
 * io.keymux.keyserver.http.HttpSettings#withTls}. Names and dates are checked as always.
 */
public final class MutualTls {
  private MutualTls() {}

  /**
   * @param own what proves who is calling; null to call without
   * @param intermediates the certificates between {@code own} and its root, in this order; may be
   *     empty
   * @param anchors whose certificates key servers may have, instead of those of the JDK's
   *     authorities; empty for the JDK's
   * @throws DrmException with code {@code key-server-credentials-invalid} if TLS cannot be set up
   *     with them
   */
  public static SSLContext of(
      @Nullable Credential own,
      List<X509Certificate> intermediates,
      List<X509Certificate> anchors) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(own, intermediates), anchors.isEmpty() ? null : trust(anchors), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw UnusableCredentials.because(
          "TLS to the key server cannot be set up with the given certificates.",
          "Check the client certificate and the certificates of the authorities.");
    }
  }

  private static KeyManager @Nullable [] keys(
      @Nullable Credential own, List<X509Certificate> intermediates) {
    if (own == null) {
      return null;
    }
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(own.certificate());
    chain.addAll(intermediates);
    return new KeyManager[] {new ClientKey(own.privateKey(), chain)};
  }

  private static TrustManager[] trust(List<X509Certificate> anchors)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (X509Certificate anchor : anchors) {
      store.setCertificateEntry(Integer.toString(store.size()), anchor);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}

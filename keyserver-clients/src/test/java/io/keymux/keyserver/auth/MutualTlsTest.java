package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.credential.Credential;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real TLS server that demands a certificate of its own authority. */
@Timeout(30)
class MutualTlsTest {
  private static final Credential ROOT = Certificates.selfSigned("root");
  private static final Credential MIDDLE = Certificates.intermediate(ROOT, "middle");
  private static final Credential SERVER = Certificates.issuedBy(ROOT, "server", "127.0.0.1");
  private static final Credential CLIENT = Certificates.issuedBy(ROOT, "client", null);
  private static final Credential DEEP = Certificates.issuedBy(MIDDLE, "deep", null);
  private static final Credential FOREIGN = Certificates.selfSigned("foreign");
  private static final List<X509Certificate> ANCHORS = List.of(ROOT.certificate());
  private static final String CANARY = "ticket-canary-77";

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void send_certificateThatIsDemanded_isShown(String protocol) throws Exception {
    try (TlsServer server = new TlsServer(SERVER, protocol)) {
      assertThat(get(server, MutualTls.of(CLIENT, List.of(), ANCHORS))).isEqualTo(200);
      assertThat(server.peer).hasValue("CN=client");
      assertThat(get(server, MutualTls.of(DEEP, List.of(MIDDLE.certificate()), ANCHORS)))
          .isEqualTo(200);
      assertThat(server.peer).hasValue("CN=deep");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void send_noCertificateOrAForeignOne_isUntrusted(String protocol) throws Exception {
    for (SSLContext tls :
        List.of(
            MutualTls.of(null, List.of(), ANCHORS),
            MutualTls.of(FOREIGN, List.of(), ANCHORS),
            MutualTls.of(DEEP, List.of(), ANCHORS))) {
      try (TlsServer server = new TlsServer(SERVER, protocol)) {
        untrusted(server, tls);
        assertThat(server.served).hasValue(0);
      }
    }
  }

  @Test
  void send_serverThatCannotBeTrusted_isUntrusted() throws Exception {
    SSLContext own = MutualTls.of(CLIENT, List.of(), ANCHORS);
    for (Credential bad :
        List.of(
            Certificates.expired(ROOT, "server", "127.0.0.1"),
            Certificates.issuedBy(ROOT, "127.0.0.1", "keys.example"),
            Certificates.issuedBy(ROOT, "127.0.0.1", null),
            Certificates.issuedBy(FOREIGN, "server", "127.0.0.1"))) {
      try (TlsServer server = new TlsServer(bad, "TLSv1.3")) {
        untrusted(server, own);
        assertThat(server.served).hasValue(0);
      }
    }
  }

  @Test
  void of_noAnchors_trustsThoseOfTheJdk() throws Exception {
    try (TlsServer server = new TlsServer(SERVER, "TLSv1.3")) {
      untrusted(server, MutualTls.of(CLIENT, List.of(), List.of()));
    }
  }

  private static void untrusted(TlsServer server, SSLContext tls) {
    KeyExchangeException failure =
        catchThrowableOfType(KeyExchangeException.class, () -> get(server, tls));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo("key-server-untrusted");
    assertThat(failure.retryable()).isFalse();
    assertThat(failure).hasNoCause().hasMessageContaining("127.0.0.1");
    Secrets.assertNone(failure, CANARY);
    assertThat(server.accepted).hasValue(1);
  }

  private static int get(TlsServer server, SSLContext tls) throws InterruptedException {
    try (HttpExchange exchange = TestServer.SETTINGS.withTls(tls).open(CallAuthorizer.none());
        HttpAnswer answer = exchange.send(KeyServerCall.get(server.uri()))) {
      return answer.status();
    }
  }

  private static final class TlsServer implements AutoCloseable {
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger served = new AtomicInteger();
    final AtomicReference<String> peer = new AtomicReference<>("");
    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final SSLContext context;
    private final String protocol;

    TlsServer(Credential own, String protocol) throws IOException {
      this.context = serverContext(own);
      this.protocol = protocol;
      Thread thread = new Thread(this::serve, "tls-server");
      thread.setDaemon(true);
      thread.start();
    }

    URI uri() {
      return URI.create("https://127.0.0.1:" + socket.getLocalPort() + "/keys?ticket=" + CANARY);
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket plain = socket.accept()) {
          accepted.incrementAndGet();
          plain.setSoTimeout(3_000);
          try {
            answer(plain);
          } catch (IOException e) {
            // A handshake that failed. If the connection broke now, the client might not read why.
            plain.getInputStream().transferTo(OutputStream.nullOutputStream());
          }
        } catch (IOException e) {
          // The end of this connection, or of the server.
        }
      }
    }

    private void answer(Socket plain) throws IOException {
      SSLSocket secure =
          (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), false);
      secure.setUseClientMode(false);
      secure.setNeedClientAuth(true);
      secure.setEnabledProtocols(new String[] {protocol});
      secure.startHandshake();
      peer.set(secure.getSession().getPeerPrincipal().getName());
      readHead(secure.getInputStream());
      served.incrementAndGet();
      secure
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII));
    }

    private static void readHead(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("no request");
        }
        head.append((char) next);
      }
    }

    private static SSLContext serverContext(Credential own) {
      try {
        char[] password = "x".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
            "server", own.privateKey(), password, new X509Certificate[] {own.certificate()});
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("root", ROOT.certificate());
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("SunX509");
        keyManagers.init(keys, password);
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
      } catch (GeneralSecurityException | IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

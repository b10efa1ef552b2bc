package io.keymux.keyserver.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One call on a connection of its own. The name is looked up once, every address is checked, and
 * the connection goes to one of those: a name that changes its mind in between gains nothing.
 */
final class OpenCall implements Callable<HttpAnswer>, AutoCloseable {

  /** How far a call has come. */
  enum Stage {
    RESOLVING,
    CONNECTING,
    /** The server may have seen the call. */
    SENDING
  }

  private final KeyServerCall call;
  private final HttpSettings settings;
  private final Duration connect;
  private volatile Stage stage = Stage.RESOLVING;
  private volatile boolean closed;
  private volatile @Nullable Socket socket;

  OpenCall(KeyServerCall call, HttpSettings settings, Duration connect) {
    this.call = call;
    this.settings = settings;
    this.connect = connect;
  }

  Stage stage() {
    return stage;
  }

  /**
   * @throws KeyExchangeException with code {@code key-server-address-refused} before anything is
   *     sent, or {@code key-response-too-large}
   * @throws IOException if no connection comes about, or it breaks; {@link #stage} tells which
   */
  @Override
  public HttpAnswer call() throws IOException {
    try (this) {
      URI uri = call.uri();
      AddressPolicy.requirePlain(uri.getHost());
      List<InetAddress> addresses = settings.resolver().resolve(uri.getHost());
      for (InetAddress address : addresses) {
        settings.policy().require(uri.getHost(), address);
      }
      stage = Stage.CONNECTING;
      Socket plain = connected(addresses, KeyServerUrl.port(uri));
      Socket ready = KeyServerUrl.isSecure(uri) ? secured(plain, uri) : plain;
      stage = Stage.SENDING;
      return HttpWire.exchange(call, ready, settings.limits().responseBytes());
    }
  }

  private Socket connected(List<InetAddress> addresses, int port) throws IOException {
    IOException failure = new IOException("no address");
    for (InetAddress address : addresses) {
      Socket attempt = new Socket();
      socket = attempt;
      try {
        requireOpen();
        attempt.setTcpNoDelay(true);
        attempt.connect(new InetSocketAddress(address, port), (int) connect.toMillis());
        return attempt;
      } catch (IOException e) {
        attempt.close();
        requireOpen();
        failure = e;
      }
    }
    throw failure;
  }

  private Socket secured(Socket plain, URI uri) throws IOException {
    SSLSocketFactory factory =
        settings.tls() == null
            ? (SSLSocketFactory) SSLSocketFactory.getDefault()
            : settings.tls().getSocketFactory();
    SSLSocket secure =
        (SSLSocket) factory.createSocket(plain, uri.getHost(), KeyServerUrl.port(uri), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
  }

  /** Breaks the call off, from any thread. */
  @Override
  public void close() {
    closed = true;
    Socket open = socket;
    if (open != null) {
      try {
        // The plain socket: that of TLS would wait for its peer.
        open.close();
      } catch (IOException e) {
        // It is of no further use either way.
      }
    }
  }
}

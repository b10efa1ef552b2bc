package io.keymux.keyserver.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a host that others may have named. The name is looked up once, every address is
 * checked, and the connection goes to one of those: a name that changes its mind in between gains
 * nothing. It may be closed from any thread, in any state.
 */
final class GuardedSocket implements AutoCloseable {
  private final URI uri;
  private final HttpSettings settings;
  private volatile boolean closed;
  private volatile @Nullable Socket socket;

  GuardedSocket(URI uri, HttpSettings settings) {
    this.uri = uri;
    this.settings = settings;
  }

  /**
   * Looks the host up and holds what it finds against the policy; sends nothing.
   *
   * @throws io.keymux.cpix.DrmException of {@code refusal} if an address is not allowed
   * @throws IOException if the name is not known
   */
  List<InetAddress> resolved(AddressRefusal refusal) throws IOException {
    String host = uri.getHost();
    AddressPolicy.requirePlain(host, refusal);
    List<InetAddress> addresses = settings.resolver().resolve(host);
    for (InetAddress address : addresses) {
      settings.policy().require(host, address, refusal);
    }
    return addresses;
  }

  /**
   * Connects to the first of the addresses that answers, and makes it secure for https.
   *
   * @throws IOException if none does
   */
  Socket connected(List<InetAddress> addresses, Duration limit) throws IOException {
    if (!KeyServerUrl.hasPort(uri)) {
      // A redirect may lead anywhere.
      throw new IOException("no such port");
    }
    Socket plain = plain(addresses, limit);
    return KeyServerUrl.isSecure(uri) ? secured(plain) : plain;
  }

  private Socket plain(List<InetAddress> addresses, Duration limit) throws IOException {
    IOException failure = new IOException("no address");
    for (InetAddress address : addresses) {
      Socket attempt = new Socket();
      socket = attempt;
      try {
        requireOpen();
        attempt.setTcpNoDelay(true);
        // Later than whoever waits for the whole attempt, so that one tells why.
        attempt.setSoTimeout((int) settings.limits().attempt().toMillis() + 1000);
        attempt.connect(
            new InetSocketAddress(address, KeyServerUrl.port(uri)), (int) limit.toMillis());
        return attempt;
      } catch (IOException e) {
        attempt.close();
        requireOpen();
        failure = e;
      }
    }
    throw failure;
  }

  private Socket secured(Socket plain) throws IOException {
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

  /** Breaks off whatever is under way. */
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

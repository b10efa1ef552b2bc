package io.keymux.keyserver.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** One call on a connection of its own. */
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
  private final GuardedSocket socket;
  private volatile Stage stage = Stage.RESOLVING;

  OpenCall(KeyServerCall call, HttpSettings settings, Duration connect) {
    this.call = call;
    this.settings = settings;
    this.connect = connect;
    this.socket = new GuardedSocket(call.uri(), settings);
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
      List<InetAddress> addresses = socket.resolved(KeyExchangeException::addressRefused);
      stage = Stage.CONNECTING;
      Socket ready = socket.connected(addresses, connect);
      stage = Stage.SENDING;
      return HttpWire.exchange(call, ready, settings.limits().responseBytes());
    }
  }

  /** Breaks the call off, from any thread. */
  @Override
  public void close() {
    socket.close();
  }
}

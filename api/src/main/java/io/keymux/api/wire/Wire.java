package io.keymux.api.wire;

import io.keymux.api.config.TlsSettings;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The part of the server that is before all of its handlers. */
public final class Wire {
  private final WireLimits limits;
  private final @Nullable TlsSettings tls;
  private final RequestHeads heads;

  /**
   * @param tls null for none
   */
  public Wire(WireLimits limits, @Nullable TlsSettings tls) {
    this.limits = limits;
    this.tls = tls;
    this.heads = new RequestHeads(limits.headTime().toNanos(), System::nanoTime);
  }

  /**
   * Where the server listens.
   *
   * @throws io.keymux.cpix.DrmException with code {@code invalid-config} if it cannot speak TLS
   *     with the files that are named
   */
  public Connector connector(
      Server server, HttpConfiguration configuration, String host, int port) {
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    ServerConnector connector;
    if (tls == null) {
      connector = new ServerConnector(server, http);
    } else {
      // Clients may know the service by an address.
      configuration.addCustomizer(new SecureRequestCustomizer(false));
      SslContextFactory.Server context = Tls.context(tls);
      connector =
          new ServerConnector(server, new SslConnectionFactory(context, http.getProtocol()), http);
      connector.addBean(new TlsRenewal(context, tls));
    }
    connector.setHost(host);
    connector.setPort(port);
    connector.addBean(heads);
    connector.addBean(new HeadSweep(heads));
    connector.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    return connector;
  }

  /** What requests come through first; the server sets the handler behind it. */
  public Handler handler() {
    return new WholeBodies(limits, heads);
  }
}

package io.keymux.api.wire;

import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The part of the server that is before all of its handlers. */
public final class Wire {
  private final WireLimits limits;
  private final RequestHeads heads;

  public Wire(WireLimits limits) {
    this.limits = limits;
    this.heads = new RequestHeads(limits.headTime().toNanos(), System::nanoTime);
  }

  /** Where the server listens. */
  public Connector connector(
      Server server, HttpConfiguration configuration, String host, int port) {
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(configuration));
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

package io.keymux.api.http;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.keymux.api.access.Authentication;
import io.keymux.api.access.Scope;
import io.keymux.api.access.Throttle;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.mps.MpsEndpoint;
import io.keymux.api.queue.JobService;
import io.keymux.api.wire.Wire;
import io.keymux.api.wire.WireLimits;
import io.keymux.cpix.DrmException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The HTTP service: the native API, the embedded key server and the pages. */
public final class ApiServer implements AutoCloseable {
  private static final int MAX_WAITERS = 4000;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Javalin javalin;
  private final ServiceParts parts;
  private final String host;
  private final boolean secure;

  private ApiServer(Javalin javalin, ServiceParts parts, String host, boolean secure) {
    this.javalin = javalin;
    this.parts = parts;
    this.host = host;
    this.secure = secure;
  }

  /**
   * Starts listening. Until the queue is started, requests are answered with status 503.
   *
   * @param parts closed with the server
   * @param clock that signatures and tickets are held against
   * @throws io.keymux.cpix.DrmException with code {@code cannot-listen} if the port is taken, or
   *     {@code bind-refused} if the address can be reached from other machines
   */
  static ApiServer start(ServiceSettings settings, ServiceParts parts, Clock clock) {
    boolean open = settings.security().isOpen();
    if (open && !Gate.isLoopback(settings.host())) {
      throw ListenException.refused(settings.host());
    }
    Wire wire = new Wire(WireLimits.forBodies(RequestBody.LIMIT_BYTES), settings.security().tls());
    Auditor auditor = new Auditor(parts.audit());
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              config.http.prefer405over404 = true;
              config.http.maxRequestSize = RequestBody.LIMIT_BYTES;
              config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
              config.jetty.modifyServer(server -> server.setHandler(wire.handler()));
              config.jetty.addConnector(
                  (server, http) -> wire.connector(server, http, settings.host(), settings.port()));
              Failures.install(config.routes);
              Gate.install(config.routes, parts.queue()::isStarted, open);
              Door.install(
                  config.routes,
                  Authentication.of(
                      settings.security().apiKeys(),
                      settings.security().clients(),
                      settings.security().tokenIssuers(),
                      parts.database(),
                      clock),
                  new Throttle(settings.security().rateLimits(), System::nanoTime));
              RequestMeters.install(config.routes, parts.meters());
              auditor.install(config.routes);
              install(config.routes, parts);
              KeyServerRoutes.install(
                  config.routes, parts.tenants(), settings.keyServer(), auditor, clock);
            });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      parts.endWork();
      parts.close();
      throw e instanceof DrmException ours
          ? ours
          : ListenException.of(settings.host(), settings.port(), e);
    }
    return new ApiServer(javalin, parts, settings.host(), settings.security().tls() != null);
  }

  /** Where the service answers. */
  public URI uri() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create((secure ? "https://" : "http://") + name + ":" + javalin.port());
  }

  /** Method and path of every route, for the test that compares them with openapi.yaml. */
  List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .toList();
  }

  /**
   * Takes no more jobs, lets those that run go on for a while and gives the rest to other nodes;
   * logs out of key servers, then stops listening.
   */
  @Override
  public void close() {
    parts.endWork();
    javalin.stop();
    parts.close();
  }

  /** Shows clients of events that they are remembered; it does not keep the process alive. */
  private static ScheduledExecutorService timer() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "keymux-heartbeats");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void install(RoutesConfig routes, ServiceParts parts) {
    Waiters waiters = new Waiters(MAX_WAITERS);
    ScheduledExecutorService timer = timer();
    JobService jobs = parts.queue().service();
    MpsEndpoint mps = parts.mps().endpoint();

    JobHandlers handlers = new JobHandlers(jobs, waiters);
    routes.post("/v1/jobs", handlers::submit, Door.needs(Scope.JOBS_WRITE));
    routes.get("/v1/jobs", handlers::list, Door.needs(Scope.JOBS_READ));
    routes.get("/v1/jobs/{id}", handlers::get, Door.needs(Scope.JOBS_READ));
    routes.delete("/v1/jobs/{id}", handlers::delete, Door.needs(Scope.JOBS_WRITE));
    routes.post("/v1/jobs/{id}/cancel", handlers::cancel, Door.needs(Scope.JOBS_WRITE));
    routes.post("/v1/jobs/{id}/retry", handlers::retry, Door.needs(Scope.JOBS_WRITE));
    routes.get(
        "/v1/jobs/{id}/events",
        new EventsHandler(jobs, waiters, HEARTBEAT, timer),
        Door.needs(Scope.JOBS_READ));
    routes.get("/v1/jobs/{id}/outputs", new OutputsHandler(jobs), Door.needs(Scope.JOBS_READ));

    new WebhookHandlers(parts.webhooks().service()).install(routes);
    InspectHandlers inspect = new InspectHandlers(jobs);
    routes.post("/v1/plan", inspect::plan, Door.needs(Scope.JOBS_WRITE));
    routes.post("/v1/probe", inspect::probe, Door.needs(Scope.JOBS_WRITE));
    routes.post("/v1/cpix/inspect", inspect::cpix, Door.needs(Scope.JOBS_READ));
    KeyHandlers keyServers = new KeyHandlers(parts.tenants());
    routes.get("/v1/key-servers", keyServers::list, Door.needs(Scope.KEY_SERVERS_READ));
    routes.get("/v1/key-servers/{name}", keyServers::get, Door.needs(Scope.KEY_SERVERS_READ));
    routes.put("/v1/key-servers/{name}", keyServers::put, Door.needs(Scope.KEY_SERVERS_WRITE));
    routes.delete(
        "/v1/key-servers/{name}", keyServers::delete, Door.needs(Scope.KEY_SERVERS_WRITE));
    routes.post("/v1/keys:test", keyServers::test, Door.needs(Scope.KEY_SERVERS_WRITE));
    HealthHandlers health = new HealthHandlers(parts.queue(), parts.database());
    routes.get(Gate.ALIVE, health::alive, Door.OPEN);
    routes.get("/readyz", health::ready, Door.OPEN);

    MediaHandler media = new MediaHandler(jobs);
    routes.get(MediaHandler.PATH, media, Door.needs(Scope.MEDIA_READ));
    routes.head(MediaHandler.PATH, media, Door.needs(Scope.MEDIA_READ));

    routes.post(
        "/", ctx -> mps.handle(ctx, () -> RequestBody.bytes(ctx), RequestIds.of(ctx)), Door.OWN);
    WebHandlers.install(routes, mps);
  }
}

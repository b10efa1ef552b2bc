package io.keymux.api.http;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.job.JobService;
import io.keymux.api.keyserver.EmbeddedKeys;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The HTTP service: the native API, the embedded key server and the pages. */
public final class ApiServer implements AutoCloseable {
  private static final int MAX_WAITERS = 100;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Javalin javalin;
  private final JobService jobs;
  private final KeyHandlers keyServers;
  private final String host;

  private ApiServer(Javalin javalin, JobService jobs, KeyHandlers keyServers, String host) {
    this.javalin = javalin;
    this.jobs = jobs;
    this.keyServers = keyServers;
    this.host = host;
  }

  /**
   * Starts listening.
   *
   * @param jobs closed with the server
   * @param keyServers closed with the server
   * @param clock that signatures and tickets are held against
   * @throws io.keymux.cpix.DrmException with code {@code cannot-listen} if the port is taken, or
   *     {@code bind-refused} if the address can be reached from other machines
   */
  static ApiServer start(
      ServiceSettings settings,
      JobService jobs,
      EmbeddedKeys keys,
      KeyHandlers keyServers,
      Clock clock) {
    if (!Gate.isLoopback(settings.host())) {
      throw ListenException.refused(settings.host());
    }
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              config.http.prefer405over404 = true;
              config.http.maxRequestSize = RequestBody.LIMIT_BYTES;
              config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
              install(config.routes, jobs, keys, keyServers, settings.keyServer(), clock);
            });
    try {
      javalin.start(settings.host(), settings.port());
    } catch (RuntimeException e) {
      jobs.close();
      keyServers.close();
      throw ListenException.of(settings.host(), settings.port(), e);
    }
    return new ApiServer(javalin, jobs, keyServers, settings.host());
  }

  /** Where the service answers. */
  public URI uri() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + javalin.port());
  }

  /** Method and path of every route, for the test that compares them with openapi.yaml. */
  List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .toList();
  }

  /** Cancels running jobs, logs out of key servers, then stops listening. */
  @Override
  public void close() {
    jobs.close();
    keyServers.close();
    javalin.stop();
  }

  private static void install(
      RoutesConfig routes,
      JobService jobs,
      EmbeddedKeys keys,
      KeyHandlers keyServers,
      KeyServerSettings keyServer,
      Clock clock) {
    Failures.install(routes);
    Gate.install(routes);
    Waiters waiters = new Waiters(MAX_WAITERS);

    JobHandlers handlers = new JobHandlers(jobs, waiters);
    routes.post("/v1/jobs", handlers::submit);
    routes.get("/v1/jobs", handlers::list);
    routes.get("/v1/jobs/{id}", handlers::get);
    routes.post("/v1/jobs/{id}/cancel", handlers::cancel);
    routes.get("/v1/jobs/{id}/events", new EventsHandler(jobs, waiters, HEARTBEAT));
    routes.get("/v1/jobs/{id}/outputs", new OutputsHandler(jobs));

    InspectHandlers inspect = new InspectHandlers(jobs);
    routes.post("/v1/plan", inspect::plan);
    routes.post("/v1/probe", inspect::probe);
    routes.post("/v1/cpix/inspect", inspect::cpix);
    routes.get("/v1/key-servers", keyServers::list);
    routes.get("/v1/key-servers/{name}", keyServers::get);
    routes.put("/v1/key-servers/{name}", keyServers::put);
    routes.delete("/v1/key-servers/{name}", keyServers::delete);
    routes.post("/v1/keys:test", keyServers::test);
    routes.get("/healthz", JobHandlers::health);
    routes.get("/readyz", JobHandlers::health);

    MediaHandler media = new MediaHandler(jobs);
    routes.get(MediaHandler.PATH, media);
    routes.head(MediaHandler.PATH, media);

    KeyServerRoutes.install(routes, keys, keyServer, clock);
    WebHandlers.install(routes);
  }
}

package io.keymux.api.http;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.database.Database;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.mps.MpsEndpoint;
import io.keymux.api.mps.MpsService;
import io.keymux.api.queue.JobQueue;
import io.keymux.api.queue.JobService;
import io.keymux.api.webhook.WebhookService;
import io.keymux.api.webhook.Webhooks;
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
  private final JobQueue queue;
  private final Database database;
  private final KeyHandlers keyServers;
  private final MpsService mps;
  private final Webhooks webhooks;
  private final String host;

  private ApiServer(
      Javalin javalin,
      JobQueue queue,
      Database database,
      KeyHandlers keyServers,
      MpsService mps,
      Webhooks webhooks,
      String host) {
    this.javalin = javalin;
    this.queue = queue;
    this.database = database;
    this.keyServers = keyServers;
    this.mps = mps;
    this.webhooks = webhooks;
    this.host = host;
  }

  /**
   * Starts listening. Until the queue is started, requests are answered with status 503.
   *
   * @param queue closed with the server
   * @param database closed with the server
   * @param keyServers closed with the server
   * @param mps closed with the server
   * @param webhooks closed with the server
   * @param clock that signatures and tickets are held against
   * @throws io.keymux.cpix.DrmException with code {@code cannot-listen} if the port is taken, or
   *     {@code bind-refused} if the address can be reached from other machines
   */
  static ApiServer start(
      ServiceSettings settings,
      JobQueue queue,
      Database database,
      EmbeddedKeys keys,
      KeyHandlers keyServers,
      MpsService mps,
      Webhooks webhooks,
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
              install(
                  config.routes, queue, database, keyServers, mps.endpoint(), webhooks.service());
              KeyServerRoutes.install(config.routes, keys, settings.keyServer(), clock);
            });
    try {
      javalin.start(settings.host(), settings.port());
    } catch (RuntimeException e) {
      webhooks.close();
      mps.close();
      queue.close();
      keyServers.close();
      database.close();
      throw ListenException.of(settings.host(), settings.port(), e);
    }
    return new ApiServer(javalin, queue, database, keyServers, mps, webhooks, settings.host());
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

  /**
   * Takes no more jobs, lets those that run go on for a while and gives the rest to other nodes;
   * logs out of key servers, then stops listening.
   */
  @Override
  public void close() {
    mps.close();
    queue.close();
    webhooks.close();
    keyServers.close();
    javalin.stop();
    database.close();
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

  private static void install(
      RoutesConfig routes,
      JobQueue queue,
      Database database,
      KeyHandlers keyServers,
      MpsEndpoint mps,
      WebhookService webhooks) {
    Failures.install(routes);
    Gate.install(routes, queue::isStarted);
    Waiters waiters = new Waiters(MAX_WAITERS);
    ScheduledExecutorService timer = timer();
    JobService jobs = queue.service();

    JobHandlers handlers = new JobHandlers(jobs, waiters);
    routes.post("/v1/jobs", handlers::submit);
    routes.get("/v1/jobs", handlers::list);
    routes.get("/v1/jobs/{id}", handlers::get);
    routes.delete("/v1/jobs/{id}", handlers::delete);
    routes.post("/v1/jobs/{id}/cancel", handlers::cancel);
    routes.post("/v1/jobs/{id}/retry", handlers::retry);
    routes.get("/v1/jobs/{id}/events", new EventsHandler(jobs, waiters, HEARTBEAT, timer));
    routes.get("/v1/jobs/{id}/outputs", new OutputsHandler(jobs));

    new WebhookHandlers(webhooks).install(routes);
    InspectHandlers inspect = new InspectHandlers(jobs);
    routes.post("/v1/plan", inspect::plan);
    routes.post("/v1/probe", inspect::probe);
    routes.post("/v1/cpix/inspect", inspect::cpix);
    routes.get("/v1/key-servers", keyServers::list);
    routes.get("/v1/key-servers/{name}", keyServers::get);
    routes.put("/v1/key-servers/{name}", keyServers::put);
    routes.delete("/v1/key-servers/{name}", keyServers::delete);
    routes.post("/v1/keys:test", keyServers::test);
    HealthHandlers health = new HealthHandlers(queue, database);
    routes.get(Gate.ALIVE, health::alive);
    routes.get("/readyz", health::ready);

    MediaHandler media = new MediaHandler(jobs);
    routes.get(MediaHandler.PATH, media);
    routes.head(MediaHandler.PATH, media);

    routes.post("/", ctx -> mps.handle(ctx, () -> RequestBody.bytes(ctx), RequestIds.of(ctx)));
    WebHandlers.install(routes, mps);
  }
}

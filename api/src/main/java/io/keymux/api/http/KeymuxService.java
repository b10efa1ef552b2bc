package io.keymux.api.http;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.Roots;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.database.Database;
import io.keymux.api.job.JobPreparation;
import io.keymux.api.job.PreparedJob;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.KeyServerAccounts;
import io.keymux.api.keyserver.KeySources;
import io.keymux.api.mps.MpsService;
import io.keymux.api.queue.JobQueue;
import io.keymux.packager.Engine;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.PublishGuard;
import io.keymux.packager.tool.ToolFinder;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;

/** Puts the service together from its parts. */
public final class KeymuxService {
  private KeymuxService() {}

  /**
   * Starts the service with its embedded parts: jobs in a file, keys of the data directory's seed.
   *
   * @throws io.keymux.cpix.DrmException as {@link ApiServer#start} and {@link EmbeddedKeys#open}
   */
  public static ApiServer start(ServiceSettings settings, DataDirectory data) {
    return start(settings, data, Clock.systemUTC());
  }

  /**
   * As {@link #start(ServiceSettings, DataDirectory)}.
   *
   * @param clock of the embedded key server and the MPS-compatible endpoint
   */
  static ApiServer start(ServiceSettings settings, DataDirectory data, Clock clock) {
    EmbeddedKeys keys = EmbeddedKeys.open(data);
    KeyServerAccounts accounts =
        KeyServerAccounts.of(settings.keyExchange(), keys, data.path().resolve("key-servers"));
    AtomicReference<URI> self = new AtomicReference<>();
    KeySources sources = new KeySources(keys, accounts, self::get);
    JobPreparation preparation =
        new JobPreparation(
            Roots.of(settings.roots()),
            data,
            sources,
            () -> Engine.bento4(settings.keysOnArgv(), new ToolFinder(System.getenv(), null)));
    Database database =
        settings.database() == null
            ? Database.embedded(data.path())
            : Database.open(settings.database());
    JobQueue queue =
        new JobQueue(database, data, preparation, KeymuxService::run, settings.queue());
    MpsService mps = MpsService.start(settings.mps(), queue, database, clock);
    ApiServer server =
        ApiServer.start(
            settings, queue, database, keys, new KeyHandlers(sources, accounts), mps, clock);
    self.set(server.uri());
    queue.start();
    return server;
  }

  private static void run(
      PreparedJob job, ProgressListener progress, CancelToken cancel, PublishGuard guard)
      throws InterruptedException {
    Keymux.packager()
        .engine(job.engine())
        .keys(job.keys())
        .publishing(guard)
        .run(job.job(), progress, cancel);
  }
}

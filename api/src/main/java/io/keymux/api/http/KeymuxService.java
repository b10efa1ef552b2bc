package io.keymux.api.http;

import io.keymux.api.audit.AuditEntry;
import io.keymux.api.audit.AuditLog;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.Roots;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.database.Database;
import io.keymux.api.database.DatabaseClock;
import io.keymux.api.envelope.Secrecy;
import io.keymux.api.job.JobPreparation;
import io.keymux.api.job.StoringEngine;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.TenantKeys;
import io.keymux.api.metrics.MeasuredEngine;
import io.keymux.api.metrics.Meters;
import io.keymux.api.metrics.QueueMeters;
import io.keymux.api.mps.MpsService;
import io.keymux.api.queue.JobQueue;
import io.keymux.api.storage.Storage;
import io.keymux.api.storage.Storages;
import io.keymux.api.webhook.JobAnnouncer;
import io.keymux.api.webhook.Webhooks;
import io.keymux.packager.Engine;
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
    Database database =
        settings.database() == null
            ? Database.embedded(data.path())
            : Database.open(settings.database());
    DatabaseClock time = DatabaseClock.of(database);
    Secrecy secrecy = Secrecy.open(data, database, settings.security().keyEncryptionKeys(), time);
    EmbeddedKeys keys = EmbeddedKeys.open(secrecy.seed(), data, database);
    AtomicReference<URI> self = new AtomicReference<>();
    TenantKeys tenants =
        new TenantKeys(settings.keyExchange(), keys, database, secrecy.envelope(), self::get);
    AuditLog audit = AuditLog.open(data.path(), settings.security().auditKey(), time);
    Meters meters = new Meters();
    Storage storage = Storages.of(Roots.of(settings.roots()), settings.storage());
    JobPreparation preparation =
        new JobPreparation(
            storage,
            data,
            tenants::of,
            () ->
                Engine.bento4(
                    settings.security().keysOnArgv(), new ToolFinder(System.getenv(), null)),
            (source, profile, tenant, job) ->
                new WatchedExchange(
                    source, profile, audit, meters, AuditEntry.Actor.job(tenant, job)));
    JobQueue queue =
        new JobQueue(
            database,
            time,
            data,
            secrecy.envelope(),
            preparation,
            new MeasuredEngine(new StoringEngine()::run, meters),
            settings.queue(),
            new JobAnnouncer(time));
    QueueMeters.install(meters, database, queue.counts(), time);
    Webhooks webhooks = Webhooks.start(settings.webhooks(), database, secrecy.envelope(), time);
    MpsService mps = MpsService.of(settings.mps(), queue, database, secrecy.envelope(), clock);
    ApiServer server =
        ApiServer.start(
            settings,
            new ServiceParts(database, meters, audit, secrecy, tenants, queue, mps, webhooks),
            clock);
    self.set(settings.publicUrl() == null ? server.uri() : settings.publicUrl());
    try {
      queue.start();
      mps.start();
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }
}

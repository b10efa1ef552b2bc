package io.keymux.api.queue;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.Roots;
import io.keymux.api.config.TenantLimits;
import io.keymux.api.database.Database;
import io.keymux.api.database.DatabaseClock;
import io.keymux.api.envelope.TestEnvelopes;
import io.keymux.api.job.ExchangeWatch;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobPreparation;
import io.keymux.api.job.JobSpec;
import io.keymux.api.storage.Storages;
import io.keymux.api.store.JobWatcher;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a queue whose engine is the test's. */
public final class TestNode implements AutoCloseable {
  static final String TENANT = QueueSettings.DEFAULT_TENANT;

  public static final QueueSettings QUICK =
      new QueueSettings(
          1,
          3,
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofDays(1),
          Map.of("small", new TenantLimits(1, 3), "ordered", new TenantLimits(1, 10)));

  public final JobQueue queue;
  public final JobService jobs;
  private final Path folder;
  private final @Nullable Database owned;

  private TestNode(Path folder, JobQueue queue, @Nullable Database owned) {
    this.folder = folder;
    this.queue = queue;
    this.jobs = queue.service();
    this.owned = owned;
  }

  /** With a database of its own in the folder. */
  static TestNode start(Path folder, JobEngine engine) throws IOException {
    return start(folder, engine, QUICK);
  }

  static TestNode start(Path folder, JobEngine engine, QueueSettings settings) throws IOException {
    Database database = Database.embedded(DataDirectory.open(folder.resolve("data")).path());
    JobQueue queue = queue(folder, database, engine, settings);
    queue.start();
    return new TestNode(folder, queue, database);
  }

  /** With a database that stays open. */
  public static TestNode start(
      Path folder, Database database, JobEngine engine, QueueSettings settings) throws IOException {
    JobQueue queue = queue(folder, database, engine, settings);
    queue.start();
    return new TestNode(folder, queue, null);
  }

  private static JobQueue queue(
      Path folder, Database database, JobEngine engine, QueueSettings settings) throws IOException {
    Files.write(folder.resolve("in.mp4"), new byte[0]);
    KeyExchange none =
        request -> {
          throw new AssertionError("no keys here");
        };
    JobPreparation.KeyServers servers =
        new JobPreparation.KeyServers() {
          @Override
          public KeyExchange embedded() {
            return none;
          }

          @Override
          public SignalingSettings signaling() {
            return SignalingSettings.DEFAULT;
          }

          @Override
          public KeyExchange remote(String server, @Nullable String type) {
            return none;
          }
        };
    DataDirectory data = DataDirectory.open(folder.resolve("data"));
    JobPreparation preparation =
        new JobPreparation(
            Storages.local(Roots.of(List.of(folder))),
            data,
            tenant -> servers,
            () -> Engine.NATIVE,
            ExchangeWatch.NONE);
    return new JobQueue(
        database,
        DatabaseClock.of(database),
        data,
        TestEnvelopes.of(database),
        preparation,
        engine,
        settings,
        JobWatcher.NONE);
  }

  /** Of an empty file. */
  public JobSpec spec() {
    return spec(0);
  }

  JobSpec spec(int priority) {
    String url = folder.resolve("in.mp4").toUri().toString();
    JobSpec.Input input =
        new JobSpec.Input(url, null, null, null, null, null, null, null, null, null, null);
    return new JobSpec(input, null, null, null, null, null, null, priority, null);
  }

  Job submit() {
    return jobs.submit(TENANT, spec(), null);
  }

  /** The job in its final state, or as it is after ten seconds. */
  Job ended(Job job) {
    return jobs.ended(job.tenant(), job.id(), Duration.ofSeconds(10)).join();
  }

  Job now(Job job) {
    return jobs.get(job.tenant(), job.id());
  }

  @Override
  public void close() {
    queue.close();
    if (owned != null) {
      owned.close();
    }
  }
}

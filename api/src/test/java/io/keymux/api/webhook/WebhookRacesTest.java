package io.keymux.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.database.Database;
import io.keymux.api.database.DatabaseSettings;
import io.keymux.api.database.Sql;
import io.keymux.api.envelope.TestEnvelopes;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobSpec;
import io.keymux.api.job.JobState;
import io.keymux.api.store.JobStore;
import io.keymux.api.store.NewJob;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two who change a receiver at the same time. */
class WebhookRacesTest {
  private static EmbeddedPostgres postgres;

  private static final WebhookSpec SPEC = new WebhookSpec("https://a.example/", null, null, null);

  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
  @TempDir Path folder;
  private @Nullable Database open;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }

  private Database database(String kind) throws Exception {
    Database database =
        kind.equals("h2")
            ? Database.embedded(folder)
            : Database.open(
                new DatabaseSettings(
                    postgres
                        .getJdbcUrl("postgres", "postgres")
                        .replaceFirst("\\?.*", "?options=-c%20lock_timeout=1000"),
                    "postgres",
                    null,
                    4));
    open = database;
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from webhooks");
    }
    return database;
  }

  /** What is to happen meanwhile happens when a change asks for the time, which is in between. */
  private WebhookService service(Database database) {
    return new WebhookService(
        new WebhookStore(database),
        new Deliveries(database),
        TestEnvelopes.of(database),
        WebhookRig.QUICK,
        WebhookRows.clockThat(() -> meanwhile.getAndSet(() -> {}).run()),
        new SecureRandom());
  }

  private static WebhookStore.Row row(Database database, String id) {
    return new WebhookStore(database).find("acme", id).orElseThrow();
  }

  /** In a file, transactions follow each other. */
  @Test
  void announce_receiverDeletedMeanwhile_isLeftOut() throws Exception {
    Database database = database("postgresql");
    WebhookRows rows = new WebhookRows(database);
    rows.webhook("deleted", "{}");
    rows.webhook("there", "{}");
    JobSpec spec = new JobSpec(null, null, null, null, null, null, null, null, null);
    Job job = Job.submitted("job", "acme", spec, WebhookRows.NOW, null, null, "file:///o/");
    new JobStore(database).keep(new NewJob(job, null), null);
    JobAnnouncer announcer = new JobAnnouncer(WebhookRows.clockThat(() -> {}));
    try (Connection other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      Sql.of("delete from webhooks where id = 'deleted'").update(other);
      CompletableFuture<Boolean> told =
          CompletableFuture.supplyAsync(
              () ->
                  database.transaction(
                      connection -> {
                        announcer.changed(connection, "job", JobState.FAILED);
                        return true;
                      }));
      Thread.sleep(300);
      other.commit();

      assertThat(told.get(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(rows.deliveries.list("deleted", null, null, 9)).isEmpty();
    assertThat(rows.deliveries.list("there", null, null, 9)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void replace_secretChangedMeanwhile_keepsTheNewOne(String kind) throws Exception {
    Database database = database(kind);
    WebhookService service = service(database);
    String id = service.add("acme", SPEC).webhook().id();
    AtomicReference<String> secret = new AtomicReference<>();
    meanwhile.set(() -> secret.set(service.rotate("acme", id).secret()));

    service.replace("acme", id, new WebhookSpec("https://b.example/", null, "moved", null));

    WebhookStore.Row row = row(database, id);
    assertThat(row.webhook().description()).isEqualTo("moved");
    assertThat(Receiver.open(TestEnvelopes.of(database), "acme", id, row.receiver()).shownSecret())
        .isEqualTo(secret.get());
  }

  @Test
  void take_rowsOfOneReceiverLocked_keepsTheLanesOfOthersOpen() throws Exception {
    Database database = database("postgresql");
    WebhookRows rows = new WebhookRows(database);
    Dispatcher dispatcher = rows.dispatcher();
    rows.webhook("a", "{}");
    rows.webhook("b", "{}");
    for (int i = 0; i < 4; i++) {
      rows.message("a", i);
    }
    rows.message("b", 9);
    try (Connection other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      Sql.of("update webhook_deliveries set tries = 0 where webhook_id = 'b'").update(other);

      List<Parcel> taken = dispatcher.take(16);

      other.rollback();
      assertThat(taken).extracting(Parcel::webhookId).containsExactly("a", "a", "a", "a");
      taken.forEach(dispatcher::giveBack);
    }
    assertThat(dispatcher.take(16)).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void rotate_switchedOffMeanwhile_staysOff(String kind) throws Exception {
    Database database = database(kind);
    WebhookService service = service(database);
    String id = service.add("acme", SPEC).webhook().id();
    meanwhile.set(() -> new WebhookStore(database).disable(id, "receiver-gone", WebhookRows.NOW));

    String secret = service.rotate("acme", id).secret();

    WebhookStore.Row row = row(database, id);
    assertThat(row.webhook().enabled()).isFalse();
    assertThat(row.webhook().disabledBecause()).isEqualTo("receiver-gone");
    assertThat(Receiver.open(TestEnvelopes.of(database), "acme", id, row.receiver()).shownSecret())
        .isEqualTo(secret);
  }
}

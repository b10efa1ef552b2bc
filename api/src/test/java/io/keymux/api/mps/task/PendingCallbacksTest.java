package io.keymux.api.mps.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.config.MpsSettings;
import io.keymux.api.courier.Courier;
import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.envelope.TestEnvelopes;
import io.keymux.api.mps.MpsSamples;
import io.keymux.api.mps.callback.Callbacks;
import io.keymux.api.mps.template.TemplateStore;
import io.keymux.api.mps.template.Templates;
import io.keymux.api.mps.wish.NotifyWish;
import io.keymux.api.queue.TestNode;
import io.keymux.api.secret.SecretText;
import io.keymux.api.webhook.TestReceiver;
import io.keymux.cpix.Bytes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks of tasks that are over, from their rows to those who are told. */
class PendingCallbacksTest {
  private final TestReceiver receiver = new TestReceiver();
  @TempDir Path folder;
  private Database database;
  private TestNode node;
  private CallbackStore store;

  @BeforeEach
  void open() throws Exception {
    database = Database.embedded(folder);
    node = TestNode.start(folder, database, (job, told, cancel, guard) -> {}, TestNode.QUICK);
    store = new CallbackStore(database, TestEnvelopes.of(database));
  }

  @AfterEach
  void close() {
    node.close();
    database.close();
    receiver.close();
  }

  private Courier<PendingCallback> courier() {
    MpsSettings settings = MpsSamples.settings("AKID", "secret");
    Tasks tasks =
        new Tasks(
            node.jobs,
            new TaskStore(database),
            store,
            new Templates(new TemplateStore(database), node.queue.clock()),
            settings,
            node.queue.clock());
    return Callbacks.start(store, tasks, settings, node.queue.clock());
  }

  /** Adds a task that is over, since its job is not kept any more, and whom to tell of it. */
  private void task(String tenant, String id, String url) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    Instant now = node.queue.clock().instant();
    MpsTask.StreamTask stream =
        new MpsTask.StreamTask("none", 20, true, "/p", nothing, nothing, "");
    MpsTask task = new MpsTask(id, tenant, now, "", id, 0, nothing, null, false, List.of(stream));
    NotifyWish wish =
        new NotifyWish(
            false, new NotifyWish.Http(SecretText.of(url)), SecretText.of("k3y"), nothing);
    Bytes receiver = store.hide(tenant, id, wish);
    database.transaction(
        connection -> {
          new TaskStore(database).add(connection, task, now);
          store.add(connection, task, receiver);
          return true;
        });
  }

  private int failures(String id) {
    return database.with(
        connection ->
            Sql.of("select failures from mps_callbacks where task_id = ?", id)
                .first(connection, row -> row.getInt(1))
                .orElse(-1));
  }

  @Test
  void rows_oneThatCannotBeDecrypted_holdsUpNoOther() throws Exception {
    task("a", "broken", receiver.url());
    database.with(
        connection ->
            Sql.of("update mps_callbacks set receiver = ?", Bytes.copyOf(new byte[40]))
                .update(connection));
    task("b", "whole", receiver.url());
    try (Courier<PendingCallback> courier = courier()) {
      assertThat(courier).isNotNull();
      assertThat(receiver.next().body()).contains("\"SessionContext\":\"whole\"");
      while (failures("broken") == 0) {
        Thread.sleep(20);
      }
      assertThat(failures("broken")).isEqualTo(1);
    }
  }

  @Test
  void message_signedAgain_keepsItsId() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    receiver.answers(() -> calls.incrementAndGet() == 1 ? 503 : 200);
    task("a", "1", receiver.url());
    try (Courier<PendingCallback> courier = courier()) {
      assertThat(courier).isNotNull();
      TestReceiver.Got first = receiver.next();
      TestReceiver.Got second = receiver.next();

      assertThat(second.body()).isNotEqualTo(first.body());
      assertThat(second.id()).isEqualTo(first.id()).startsWith("1.");
    }
  }

  @Test
  void receivers_oneThatHangs_holdsUpNoOther() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (TestReceiver hanging = new TestReceiver()) {
      hanging.answersAfter(end);
      for (int i = 0; i < 40; i++) {
        task("a", "hanging" + i, hanging.url());
      }
      try (Courier<PendingCallback> courier = courier()) {
        assertThat(courier).isNotNull();
        hanging.next();
        task("a", "mine", receiver.url());
        task("b", "other", receiver.url());
        receiver.next();
        receiver.next();
        assertThat(hanging.more()).isLessThan(4);
        end.countDown();
      }
    }
  }
}

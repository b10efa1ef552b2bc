package io.keymux.api.mps.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.config.BucketEventSettings;
import io.keymux.api.config.MpsSettings;
import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.envelope.TestEnvelopes;
import io.keymux.api.job.JobState;
import io.keymux.api.json.Json;
import io.keymux.api.mps.MpsSamples;
import io.keymux.api.mps.task.CallbackStore;
import io.keymux.api.mps.task.TaskStore;
import io.keymux.api.mps.task.Tasks;
import io.keymux.api.mps.template.TemplateStore;
import io.keymux.api.mps.template.Templates;
import io.keymux.api.problem.RequestException;
import io.keymux.api.queue.TestNode;
import io.keymux.cpix.SecretBytes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which messages of a queue are dealt with when something goes wrong, and how often they come. */
class BucketEventsTest {
  private static final String TENANT = "small";

  private final CountDownLatch goOn = new CountDownLatch(1);
  @TempDir Path folder;
  private Database database;
  private TestNode node;

  @BeforeEach
  void open() throws Exception {
    database = Database.embedded(folder);
    node =
        TestNode.start(
            folder, database, (job, told, cancel, guard) -> goOn.await(), TestNode.QUICK);
  }

  @AfterEach
  void close() {
    goOn.countDown();
    node.close();
    database.close();
  }

  private BucketEvents start(FakeQueue queue) throws Exception {
    ObjectNode template =
        (ObjectNode)
            Json.mapper()
                .readTree(
                    "{\"OutputDir\":\"/out/\",\"MediaProcessTask\":{"
                        + "\"AdaptiveDynamicStreamingTaskSet\":[{\"Definition\":20}]}}");
    BucketEventSettings events =
        new BucketEventSettings(
            "uploads",
            "eu-west-3",
            "AKIA1",
            SecretBytes.copyOf("S3-SECRET".getBytes(UTF_8)),
            TENANT,
            null,
            null,
            template,
            Map.of());
    MpsSettings settings = MpsSamples.onDisk(folder.toUri(), queue.endpoint());
    Tasks tasks =
        new Tasks(
            node.jobs,
            new TaskStore(database),
            new CallbackStore(database, TestEnvelopes.of(database)),
            new Templates(new TemplateStore(database), node.queue.clock()),
            settings,
            node.queue.clock());
    return BucketEvents.start(events, settings, tasks);
  }

  /** A message of objects that came; the version makes them differ. */
  private static String message(String version, String... keys) {
    return Stream.of(keys)
        .map(
            key ->
                "{\"eventName\":\"ObjectCreated:Put\",\"awsRegion\":\"eu-west-3\",\"s3\":{\"bucket\":{\"name\":\"films\"},\"object\":{\"key\":\"%s\",\"sequencer\":\"%s\"}}}"
                    .formatted(key, version))
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }

  private List<String> tasks() {
    return database.with(
        connection ->
            Sql.of("select id from mps_tasks order by id")
                .list(connection, row -> row.getString(1)));
  }

  private static void await(BooleanSupplier wanted) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!wanted.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(20);
    }
  }

  @Test
  void messages_oneRefusedOneUndeletable_holdUpNoOther() throws Exception {
    try (FakeQueue queue =
            new FakeQueue(
                    message("1", "a/../b.mp4", "in.mp4"),
                    message("2", "in.mp4"),
                    message("3", "in.mp4"))
                .keeping("1");
        BucketEvents events = start(queue)) {
      await(() -> queue.deleted().contains("2"));
      assertThat(events).isNotNull();
      assertThat(queue.deleted()).containsExactly("2");
      assertThat(tasks()).hasSize(3);
    }
  }

  /** Sends jobs until as many wait as may, counted in the database. */
  private boolean isFull() {
    try {
      node.jobs.submit(TENANT, node.spec(), null);
    } catch (RequestException e) {
      assertThat(e.status()).isEqualTo(503);
    }
    return node.jobs.list(TENANT, JobState.QUEUED, null, 9).size() >= 3;
  }

  @Test
  void message_whileTooManyJobsWait_isReceivedOnce() throws Exception {
    await(this::isFull);
    try (FakeQueue queue = new FakeQueue(message("1", "in.mp4"));
        BucketEvents events = start(queue)) {
      await(() -> queue.receives() == 1);
      Thread.sleep(1500);
      assertThat(events).isNotNull();
      assertThat(queue.receives()).isEqualTo(1);
      assertThat(tasks()).isEmpty();

      goOn.countDown();
      await(() -> queue.deleted().contains("0"));
      assertThat(tasks()).hasSize(1);
    }
  }
}

package io.keymux.api.mps.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.database.Database;
import io.keymux.api.mps.request.Fields;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many tasks one call looks at. All of them are over, since their jobs are not kept. */
class TaskListingTest {
  private static final int TASKS = 1050;
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  @TempDir static Path folder;
  private static Database database;
  private static TaskStore store;

  private final AtomicInteger looked = new AtomicInteger();

  @BeforeAll
  static void keep() {
    database = Database.embedded(folder);
    store = new TaskStore(database);
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    MpsTask.StreamTask stream =
        new MpsTask.StreamTask("none", 20, true, "/p", nothing, nothing, "");
    database.transaction(
        connection -> {
          for (int i = 0; i < TASKS; i++) {
            String id = "%05d".formatted(i);
            store.add(
                connection,
                new MpsTask(id, "a", NOW, "", "", 0, nothing, null, false, List.of(stream)),
                NOW);
          }
          return true;
        });
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private JsonNode list(ObjectNode request) {
    TaskListing listing =
        new TaskListing(
            store,
            task -> {
              looked.incrementAndGet();
              return new TaskProgress(task, List.of(Optional.empty()), id -> Optional.empty());
            });
    return listing.list("a", Fields.of(request));
  }

  private static ObjectNode request() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Test
  void list_pageThatIsFull_looksAtNoFurtherTask() {
    JsonNode page = list(request().put("Limit", 3));

    assertThat(page.path("TaskSet").findValuesAsText("TaskId"))
        .containsExactly("01049", "01048", "01047");
    assertThat(page.path("ScrollToken").asText()).isEqualTo("01047");
    assertThat(looked).hasValue(4);
  }

  @Test
  void list_filterThatFewMatch_stopsAndGoesOnWhereItWas() {
    JsonNode first = list(request().put("Status", "WAITING"));

    assertThat(first.path("TaskSet")).isEmpty();
    assertThat(looked).hasValue(1000);
    assertThat(first.path("ScrollToken").asText()).isEqualTo("00050");
    JsonNode second =
        list(
            request()
                .put("Status", "WAITING")
                .put("ScrollToken", first.path("ScrollToken").asText()));
    assertThat(second.path("TaskSet")).isEmpty();
    assertThat(second.path("ScrollToken").asText()).isEmpty();
    assertThat(looked).hasValue(TASKS);
  }

  @Test
  void list_pageAfterPage_hasEachTaskOnce() {
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      ObjectNode request = request().put("Limit", 100).put("SubTaskHasFailed", true);
      JsonNode page = list(token.isEmpty() ? request : request.put("ScrollToken", token));
      seen.addAll(page.path("TaskSet").findValuesAsText("TaskId"));
      token = page.path("ScrollToken").asText();
    } while (!token.isEmpty());

    assertThat(seen).hasSize(TASKS).doesNotHaveDuplicates();
  }
}

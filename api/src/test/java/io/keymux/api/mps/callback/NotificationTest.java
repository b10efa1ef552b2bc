package io.keymux.api.mps.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.json.Json;
import io.keymux.api.mps.task.MpsTask;
import io.keymux.api.mps.task.TaskProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages that are too large for a queue, and those that are not. */
class NotificationTest {
  private static final String STREAM =
      "/WorkflowTaskEvent/MediaProcessResultSet/0/AdaptiveDynamicStreamingTask";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static JsonNode message(int inputSize) throws Exception {
    ObjectNode input = JsonNodeFactory.instance.objectNode().put("Big", "x".repeat(inputSize));
    MpsTask task =
        new MpsTask(
            "1-WorkflowTask-1",
            "acme",
            NOW,
            "session",
            "context",
            0,
            JsonNodeFactory.instance.objectNode(),
            null,
            false,
            List.of(
                new MpsTask.StreamTask(
                    "job", 20, true, "/p", JsonNodeFactory.instance.objectNode(), input, "")));
    String text =
        Notification.of(
            new TaskProgress(task, List.of(Optional.empty()), id -> Optional.empty()), null, NOW);
    assertThat(text.getBytes(UTF_8).length).isLessThanOrEqualTo(Notification.LIMIT_BYTES);
    return Json.mapper().readTree(text);
  }

  @Test
  void of_smallMessage_isWhole() throws Exception {
    JsonNode message = message(10);

    assertThat(message.at(STREAM + "/Input/Big").asText()).hasSize(10);
    assertThat(message.path("SessionContext").asText()).isEqualTo("context");
    assertThat(message.has("Sign")).isFalse();
  }

  @Test
  void of_largeInput_losesItAndKeepsTheResult() throws Exception {
    JsonNode message = message(300_000);

    assertThat(message.at(STREAM + "/Input").isMissingNode()).isTrue();
    assertThat(message.at(STREAM + "/Status").asText()).isEqualTo("FAIL");
    assertThat(message.at("/WorkflowTaskEvent/TaskId").asText()).isEqualTo("1-WorkflowTask-1");
  }
}

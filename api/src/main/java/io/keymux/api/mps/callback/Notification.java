package io.keymux.api.mps.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.json.Json;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import io.keymux.api.mps.task.TaskProgress;
import io.keymux.api.mps.task.Tasks;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a callback says: the same object that ParseNotification answers with. */
public final class Notification {
  /** Of a queue's message. */
  static final int LIMIT_BYTES = 256 * 1024;

  private static final Duration GOOD_FOR = Duration.ofMinutes(10);

  private Notification() {}

  /**
   * The text of a message, at most 256 KiB: what a receiver knows already goes first.
   *
   * @param key null for a message that does not say who sent it
   */
  static String of(TaskProgress progress, @Nullable SecretBytes key, Instant now) {
    ObjectNode workflow = Tasks.event(progress);
    String text = text(progress, workflow, key, now);
    for (String part : List.of("Input", "MetaData", "MediaProcessResultSet")) {
      if (text.getBytes(UTF_8).length <= LIMIT_BYTES) {
        break;
      }
      remove(workflow, part);
      text = text(progress, workflow, key, now);
    }
    return text;
  }

  private static void remove(ObjectNode workflow, String part) {
    workflow.remove(part);
    for (JsonNode result : workflow.path("MediaProcessResultSet")) {
      if (result.path("AdaptiveDynamicStreamingTask") instanceof ObjectNode stream) {
        stream.remove(part);
      }
    }
  }

  private static String text(
      TaskProgress progress, ObjectNode workflow, @Nullable SecretBytes key, Instant now) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("EventType", "WorkflowTask").set("WorkflowTaskEvent", workflow);
    body.put("SessionId", progress.task().sessionId());
    body.put("SessionContext", progress.task().sessionContext());
    if (key != null) {
      long expiry = now.plus(GOOD_FOR).getEpochSecond();
      body.put("Timestamp", expiry).put("Sign", Signing.md5(expiry, key));
    }
    return Json.line(body);
  }

  /**
   * ParseNotification.
   *
   * @throws MpsException with code {@code InvalidParameterValue.InvalidContent} if it is no text of
   *     a callback
   */
  public static ObjectNode parse(Fields fields) {
    String content = fields.requiredText("Content");
    fields.end();
    try {
      if (Json.mapper().readTree(content) instanceof ObjectNode body
          && body.path("EventType").asText().equals("WorkflowTask")
          && body.path("WorkflowTaskEvent").isObject()) {
        body.retain(
            "EventType", "WorkflowTaskEvent", "SessionId", "SessionContext", "Timestamp", "Sign");
        return body;
      }
    } catch (IOException e) {
      // Answered below, without the exception: it quotes the text.
    }
    throw MpsException.invalidValue(
        "InvalidContent", "Content", "is no callback of a task", "Give the body as it came.");
  }
}

package io.keymux.api.mps.task;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * DescribeTasks. What a task's status is follows from its jobs, so a filter looks at one task after
 * the other; a call looks at {@value #MOST_READ} at most, and the next one goes on behind them.
 */
final class TaskListing {
  private static final int MOST_LISTED = 100;
  private static final int MOST_READ = 1000;

  private final TaskStore store;
  private final Function<MpsTask, TaskProgress> progress;

  TaskListing(TaskStore store, Function<MpsTask, TaskProgress> progress) {
    this.store = store;
    this.progress = progress;
  }

  private record Filter(@Nullable String status, @Nullable Boolean failed) {
    boolean takes(TaskProgress progress) {
      return (status == null || status.equals(progress.status()))
          && (failed == null || failed == (progress.finished() && progress.anyFailed()));
    }
  }

  /**
   * @throws MpsException if a field cannot be used
   */
  ObjectNode list(String tenant, Fields fields) {
    Filter filter =
        new Filter(
            fields.choice("Status", List.of("WAITING", "PROCESSING", "FINISH")),
            fields.truth("SubTaskHasFailed"));
    int limit = (int) fields.between("Limit", 1, MOST_LISTED, 10);
    String last = fields.text("ScrollToken");
    Instant from = time(fields, "StartTime");
    Instant to = time(fields, "EndTime");
    fields.end();
    List<TaskProgress> page = new ArrayList<>();
    for (int seen = 0; seen < MOST_READ; seen += MOST_LISTED) {
      List<MpsTask> read = store.list(tenant, last, from, to, MOST_LISTED);
      for (MpsTask task : read) {
        TaskProgress found = progress.apply(task);
        if (filter.takes(found)) {
          if (page.size() == limit) {
            return answer(page, page.get(limit - 1).task().id());
          }
          page.add(found);
        }
        last = task.id();
      }
      if (read.size() < MOST_LISTED) {
        return answer(page, "");
      }
    }
    return answer(page, last);
  }

  private static ObjectNode answer(List<TaskProgress> page, @Nullable String token) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode set = answer.putArray("TaskSet");
    page.forEach(progress -> set.add(TaskView.line(progress)));
    return answer.put("ScrollToken", token).put("TotalCount", page.size());
  }

  private static @Nullable Instant time(Fields fields, String name) {
    String text = fields.text(name);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw MpsException.invalidValue(name, "is no time as 2019-10-10T10:10:10Z", "Correct it.");
    }
  }
}

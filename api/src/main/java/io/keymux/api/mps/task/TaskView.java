package io.keymux.api.mps.task;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.job.Job;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tasks as answers and callbacks show them. */
final class TaskView {
  private static final String NO_TIME = "0000-00-00T00:00:00Z";

  private TaskView() {}

  /** The answer of DescribeTaskDetail. */
  static ObjectNode detail(TaskProgress progress) {
    MpsTask task = progress.task();
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    detail.put("TaskType", "WorkflowTask").put("Status", progress.status());
    times(detail, progress);
    detail.set("WorkflowTask", workflow(progress));
    ObjectNode notify = task.notifyConfig();
    if (notify != null) {
      detail.set("TaskNotifyConfig", notify);
    }
    return detail
        .put("TasksPriority", task.priority())
        .put("SessionId", task.sessionId())
        .put("SessionContext", task.sessionContext())
        .put("ExtInfo", "");
  }

  /** An entry of DescribeTasks. */
  static ObjectNode line(TaskProgress progress) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("TaskId", progress.task().id()).put("TaskType", "WorkflowTask");
    times(line, progress);
    ArrayNode types = line.putArray("SubTaskTypes");
    progress.task().streams().forEach(stream -> types.add("AdaptiveDynamicStreaming"));
    return line;
  }

  /** What callbacks and DescribeTaskDetail have in common. */
  static ObjectNode workflow(TaskProgress progress) {
    MpsTask task = progress.task();
    ObjectNode workflow = JsonNodeFactory.instance.objectNode();
    workflow.put("TaskId", task.id()).put("Status", progress.finished() ? "FINISH" : "PROCESSING");
    StreamError source =
        progress.jobs().stream()
            .map(StreamError::of)
            .filter(error -> error.codeExt().startsWith("SourceFileError"))
            .findFirst()
            .orElse(null);
    workflow.put("ErrCode", source == null ? 0 : source.code());
    workflow.put("Message", source == null ? "" : source.message());
    workflow.set("InputInfo", task.input());
    ObjectNode metaData = task.metaData() ? InputMetaData.of(progress) : null;
    if (metaData != null) {
      workflow.set("MetaData", metaData);
    }
    ArrayNode results = workflow.putArray("MediaProcessResultSet");
    for (int i = 0; i < task.streams().size(); i++) {
      results
          .addObject()
          .put("Type", "AdaptiveDynamicStreaming")
          .set(
              "AdaptiveDynamicStreamingTask",
              stream(task.streams().get(i), progress.jobs().get(i)));
    }
    return workflow;
  }

  private static ObjectNode stream(MpsTask.StreamTask task, Optional<Job> job) {
    String status = TaskProgress.status(job);
    StreamError error = StreamError.of(job);
    ObjectNode stream = JsonNodeFactory.instance.objectNode();
    stream
        .put("Status", status)
        .put("ErrCodeExt", error.codeExt())
        .put("ErrCode", error.code())
        .put("Message", message(task, status, error));
    stream.set("Input", task.input());
    if (status.equals("SUCCESS")) {
      ObjectNode output = stream.putObject("Output");
      output
          .put("Definition", task.definition())
          .put("Package", task.dash() ? "MPEG-DASH" : "HLS")
          .put("Path", task.path())
          .set("Storage", task.storage());
    }
    return stream
        .put("BeginProcessTime", time(job.map(Job::startedAt).orElse(null)))
        .put("FinishTime", time(job.map(Job::finishedAt).orElse(null)));
  }

  private static String message(MpsTask.StreamTask task, String status, StreamError error) {
    return switch (status) {
      case "SUCCESS" -> task.note().isEmpty() ? "SUCCESS" : "SUCCESS. " + task.note();
      case "FAIL" -> error.message();
      default -> task.note();
    };
  }

  private static void times(ObjectNode node, TaskProgress progress) {
    node.put("CreateTime", time(progress.task().created()))
        .put("BeginProcessTime", time(progress.began()))
        .put("FinishTime", time(progress.ended()));
  }

  private static String time(@Nullable Instant time) {
    return time == null ? NO_TIME : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

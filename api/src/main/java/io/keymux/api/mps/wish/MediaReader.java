package io.keymux.api.mps.wish;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of ProcessMedia. What is not done here is refused, with the reason. */
public final class MediaReader {
  private static final int MOST_STREAMS = 20;
  private static final int SESSION_ID = 50;
  private static final int SESSION_CONTEXT = 1000;

  private static final String[] OTHER_SETS = {
    "TranscodeTaskSet",
    "AnimatedGraphicTaskSet",
    "SnapshotByTimeOffsetTaskSet",
    "SampleSnapshotTaskSet",
    "ImageSpriteTaskSet"
  };
  private static final String[] OTHER_TASKS = {
    "AiContentReviewTask",
    "AiAnalysisTask",
    "AiRecognitionTask",
    "AiQualityControlTask",
    "SmartSubtitlesTask",
    "SmartEraseTask"
  };

  private final StorageReader storages;

  /**
   * @param buckets that are not where their names say
   */
  public MediaReader(List<MpsSettings.Bucket> buckets) {
    this.storages = new StorageReader(buckets);
  }

  /**
   * @throws MpsException with the code of Tencent's that fits: a field is missing, unknown, of
   *     another type, of a value that cannot be used, or asks for what is not done here
   */
  public MediaWish read(Fields fields) {
    refuseOthers(fields);
    Source source = storages.source(fields.requiredObject("InputInfo"));
    Fields output = fields.object("OutputStorage");
    String sessionId = bounded(fields, "SessionId", SESSION_ID, "SessionIdTooLong");
    String context = bounded(fields, "SessionContext", SESSION_CONTEXT, "SessionContextTooLong");
    fields.choice("TaskType", List.of("Online", "Offline"));
    fields.ignore("ResourceId");
    MediaWish wish =
        new MediaWish(
            source,
            output == null ? null : storages.output(output),
            outputDir(fields),
            streams(fields.requiredObject("MediaProcessTask"), source, output != null),
            NotifyReader.read(fields.object("TaskNotifyConfig")),
            (int) fields.between("TasksPriority", -10, 10, 0),
            sessionId,
            context,
            fields.between("SkipMateData", 0, 1, 0) == 0);
    fields.end();
    return wish;
  }

  private static void refuseOthers(Fields fields) {
    fields.refuse(
        "ScheduleId",
        "names an orchestration, and there are none here",
        "Give MediaProcessTask.AdaptiveDynamicStreamingTaskSet.");
    for (String other : OTHER_TASKS) {
      fields.refuse(other, "is not done here: media is packaged, not looked at", "Leave it out.");
    }
  }

  private static @Nullable String outputDir(Fields fields) {
    String folder = fields.text("OutputDir");
    if (folder == null) {
      return null;
    }
    if (!folder.endsWith("/")) {
      throw MpsException.invalidValue(
          fields.at("OutputDir"), "does not end with a slash", "Add it.");
    }
    ObjectPath.of(folder, fields.at("OutputDir"), "OutputDir");
    return folder;
  }

  private List<StreamWish> streams(Fields tasks, Source source, boolean hasOutput) {
    for (String other : OTHER_SETS) {
      tasks.refuse(
          other,
          "is not done here: media is packaged as it is, nothing is encoded",
          "Give AdaptiveDynamicStreamingTaskSet.");
    }
    List<Fields> set = tasks.objects("AdaptiveDynamicStreamingTaskSet");
    if (set.isEmpty()) {
      throw MpsException.missing(tasks.at("AdaptiveDynamicStreamingTaskSet"));
    }
    if (set.size() > MOST_STREAMS) {
      throw MpsException.invalidValue(
          tasks.at("AdaptiveDynamicStreamingTaskSet"),
          "has more than " + MOST_STREAMS + " entries",
          "Split the call.");
    }
    List<StreamWish> streams = new ArrayList<>();
    for (Fields task : set) {
      StreamWish stream = stream(task);
      if (source.storage() == null && stream.output() == null && !hasOutput) {
        throw MpsException.missing("OutputStorage");
      }
      streams.add(stream);
    }
    return streams;
  }

  private StreamWish stream(Fields task) {
    for (String picture : new String[] {"WatermarkSet", "BlindWatermark", "KeyPTSList"}) {
      task.refuse(picture, "needs an encoder, and there is none here", "Encode it before.");
    }
    for (String text : new String[] {"AddOnSubtitles", "SubtitleTemplate"}) {
      task.refuse(text, "is not done here", "Use the native API, which takes subtitles as inputs.");
    }
    if ("PureAudio".equals(task.choice("DefinitionType", List.of("Common", "PureAudio")))) {
      throw MpsException.unsupported(
          task.at("DefinitionType"),
          "is PureAudio, and no track is taken out of an input here",
          "Give an input that is audio alone, and Common.");
    }
    task.ignore("StdExtInfo");
    Fields output = task.object("OutputStorage");
    DrmWish drm = DrmReader.read(task.object("DrmInfo"));
    return new StreamWish(
        task.path(),
        task.requiredWhole("Definition"),
        output == null ? null : storages.output(output),
        task.text("OutputObjectPath"),
        relative(task, "SubStreamObjectName"),
        relative(task, "SegmentObjectName"),
        drm,
        StreamEcho.of(task.tree()));
  }

  private static @Nullable String relative(Fields task, String name) {
    String value = task.text(name);
    if (value != null && value.startsWith("/")) {
      throw MpsException.invalidValue(
          task.at(name), "begins with a slash", "Only OutputObjectPath may be absolute.");
    }
    return value;
  }

  private static String bounded(Fields fields, String name, int most, String kind) {
    String value = Objects.requireNonNullElse(fields.text(name), "");
    if (value.length() > most) {
      throw MpsException.invalidValue(
          kind, name, "has %d characters".formatted(value.length()), "Use at most " + most + ".");
    }
    return value;
  }
}

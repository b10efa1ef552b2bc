package io.keymux.api.mps.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobState;
import io.keymux.api.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an input: what the report of a job that succeeded says of its tracks, which are
 * those of the input.
 */
final class InputMetaData {
  /** As ffmpeg calls MP4 and its like, which Tencent's service shows; nothing else is read. */
  private static final String CONTAINER = "mov,mp4,m4a,3gp,3g2,mj2";

  private InputMetaData() {}

  /** Null as long as no job has succeeded. */
  static @Nullable ObjectNode of(TaskProgress progress) {
    for (Optional<Job> job : progress.jobs()) {
      if (job.isPresent() && job.get().state() == JobState.SUCCEEDED) {
        return progress
            .reports()
            .apply(job.get().id())
            .map(report -> of(Json.read(report.getBytes(UTF_8), JsonNode.class)))
            .orElse(null);
      }
    }
    return null;
  }

  private static ObjectNode of(JsonNode report) {
    double seconds = report.path("durationSeconds").asDouble();
    ArrayNode video = JsonNodeFactory.instance.arrayNode();
    ArrayNode audio = JsonNodeFactory.instance.arrayNode();
    long bitrate = 0;
    int width = 0;
    int height = 0;
    int rotation = 0;
    for (JsonNode track : report.path("tracks")) {
      bitrate += track.path("averageBitrate").asLong();
      switch (track.path("type").asText()) {
        case "video" -> {
          video.add(video(track));
          width = Math.max(width, track.path("width").asInt());
          height = Math.max(height, track.path("height").asInt());
          rotation = Math.max(rotation, track.path("rotation").asInt());
        }
        case "audio" -> audio.add(audio(track));
        default -> {}
      }
    }
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("Size", report.path("inputBytes").asLong())
            .put("Container", CONTAINER)
            .put("Rotate", rotation)
            .put("Bitrate", bitrate)
            .put("Height", height)
            .put("Width", width)
            .put("Duration", (float) seconds)
            .put("VideoDuration", video.isEmpty() ? 0f : (float) seconds)
            .put("AudioDuration", audio.isEmpty() ? 0f : (float) seconds);
    data.set("VideoStreamSet", video);
    data.set("AudioStreamSet", audio);
    return data;
  }

  private static ObjectNode video(JsonNode track) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Bitrate", track.path("averageBitrate").asLong())
        .put("Height", track.path("height").asInt())
        .put("Width", track.path("width").asInt())
        .put("Codec", codec(track))
        .put("Fps", Math.round(track.path("frameRate").asDouble()))
        .put("Codecs", track.path("codecs").asText());
  }

  private static ObjectNode audio(JsonNode track) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Bitrate", track.path("averageBitrate").asLong())
        .put("SamplingRate", track.path("sampleRate").asInt())
        .put("Codec", codec(track))
        .put("Channel", track.path("channels").asInt())
        .put("Codecs", track.path("codecs").asText());
  }

  /** As ffmpeg calls it, which Tencent's service shows. */
  private static String codec(JsonNode track) {
    String codecs = track.path("codecs").asText();
    String first = codecs.replaceFirst("\\..*", "");
    return switch (first) {
      case "avc1", "avc3" -> "h264";
      case "hvc1", "hev1" -> "hevc";
      case "av01" -> "av1";
      case "vp09" -> "vp9";
      case "mp4a" -> "aac";
      case "ac-3" -> "ac3";
      case "ec-3" -> "eac3";
      default -> first;
    };
  }
}

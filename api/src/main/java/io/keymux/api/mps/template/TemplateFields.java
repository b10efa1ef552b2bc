package io.keymux.api.mps.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what the author of a template says. */
final class TemplateFields {
  static final String HLS = "HLS";
  static final String DASH = "MPEG-DASH";

  private static final int MOST_STREAMS = 10;
  private static final int MOST_AUDIO = 64;
  private static final int NAME = 64;
  private static final int COMMENT = 256;
  private static final int LONGEST_SEGMENT = 3600;

  /** What is kept and shown, because nothing is encoded here. */
  private static final String[] VIDEO = {
    "Codec",
    "Fps",
    "Bitrate",
    "ResolutionAdaptive",
    "Width",
    "Height",
    "Gop",
    "GopUnit",
    "FillType",
    "Vcrf",
    "SegmentType",
    "FpsDenominator",
    "Stereo3dType",
    "VideoProfile",
    "VideoLevel",
    "Bframes",
    "Mode",
    "Sar",
    "NoScenecut",
    "BitDepth",
    "RawPts",
    "Compress",
    "SegmentSpecificInfo",
    "ScenarioBased",
    "SceneType",
    "CompressType"
  };

  private static final String[] AUDIO = {
    "Codec", "Bitrate", "SampleRate", "AudioChannel", "TrackChannelInfo"
  };

  private TemplateFields() {}

  /**
   * @param before the template that is modified, whose values absent fields keep; null for a new
   *     one
   * @throws MpsException if a field is missing, of another type or out of range
   */
  static Template.Draft read(Fields fields, Template.@Nullable Draft before) {
    String format =
        Objects.requireNonNullElseGet(
            fields.choice("Format", List.of(HLS, DASH)),
            () -> before == null ? fields.requiredText("Format") : before.format());
    String segmentType = fields.text("SegmentType");
    SegmentType kept =
        before != null && before.format().equals(format) ? before.segmentType() : usual(format);
    SegmentType type = segmentType == null ? kept : SegmentType.of(segmentType);
    if (format.equals(DASH) && !(type.singleFile() && !type.transportStream())) {
      throw MpsException.invalidValue(
          "SegmentType",
          "is " + type.id() + ", which MPEG-DASH has not",
          "Use mp4-byterange or mp4-mp4-byterange.");
    }
    if (before == null && !fields.has("StreamInfos")) {
      throw MpsException.missing("StreamInfos");
    }
    return new Template.Draft(
        text(fields, "Name", NAME, before == null ? "" : before.name()),
        text(fields, "Comment", COMMENT, before == null ? "" : before.comment()),
        format,
        type,
        fields.has("StreamInfos") || before == null
            ? streams(fields.objects("StreamInfos"))
            : before.streamInfos(),
        flag(fields, "DisableHigherVideoBitrate", before != null && before.higherBitrateDisabled()),
        flag(
            fields,
            "DisableHigherVideoResolution",
            before != null && before.higherResolutionDisabled()),
        flag(fields, "PureAudio", before != null && before.pureAudio()));
  }

  private static SegmentType usual(String format) {
    return format.equals(DASH) ? SegmentType.MP4_BYTERANGE : SegmentType.TS_SEGMENT;
  }

  private static ArrayNode streams(List<Fields> streams) {
    if (streams.size() > MOST_STREAMS) {
      throw MpsException.invalidValue(
          "StreamInfos", "has more than " + MOST_STREAMS + " entries", "Give fewer.");
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Fields stream : streams) {
      Fields video = stream.object("Video");
      if (video != null) {
        video.between("HlsTime", 0, LONGEST_SEGMENT, 0);
        video.ignore(VIDEO);
      }
      Fields audio = stream.object("Audio");
      if (audio != null) {
        audio.ignore(AUDIO);
      }
      List<Fields> more = stream.objects("AudioList");
      if (more.size() > MOST_AUDIO) {
        throw MpsException.invalidValue(
            stream.at("AudioList"), "has more than " + MOST_AUDIO + " entries", "Give fewer.");
      }
      more.forEach(entry -> entry.ignore(AUDIO));
      stream.between("RemoveAudio", 0, 1, 0);
      stream.between("RemoveVideo", 0, 1, 0);
      all.add(stream.tree());
    }
    return all;
  }

  private static String text(Fields fields, String name, int most, String usual) {
    String value = fields.text(name);
    if (value != null && value.length() > most) {
      throw MpsException.invalidValue(
          name, "has %d characters".formatted(value.length()), "Use at most " + most + ".");
    }
    return value == null ? usual : value;
  }

  private static boolean flag(Fields fields, String name, boolean usual) {
    return fields.between(name, 0, 1, usual ? 1 : 0) == 1;
  }
}

package io.keymux.api.mps.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The templates with numbers that Tencent's users know. */
final class PresetTemplates {
  /** HLS whose author expects SimpleAES. */
  static final long SIMPLE_AES = 12;

  private static final Instant CREATED = Instant.parse("2019-10-12T12:12:12Z");

  /** Shorter side in pixels, kbit/s. */
  private static final int[][] LADDER = {
    {240, 256}, {480, 512}, {720, 1024}, {1080, 2500}, {1440, 3072}, {2160, 6144}
  };

  private static final List<Template> ALL =
      List.of(
          preset(10, "HLS", TemplateFields.HLS, SegmentType.TS_SEGMENT, true),
          preset(SIMPLE_AES, "HLS SimpleAES", TemplateFields.HLS, SegmentType.TS_SEGMENT, true),
          preset(20, "MPEG-DASH", TemplateFields.DASH, SegmentType.MP4_BYTERANGE, false));

  private PresetTemplates() {}

  static List<Template> all() {
    return ALL;
  }

  static Optional<Template> find(long definition) {
    return ALL.stream().filter(preset -> preset.definition() == definition).findFirst();
  }

  private static Template preset(
      long definition, String name, String format, SegmentType type, boolean noUpscaling) {
    Template.Draft draft =
        new Template.Draft(
            "Adaptive " + name, "", format, type, ladder(), false, noUpscaling, false);
    return new Template(definition, true, draft, CREATED, CREATED);
  }

  private static ArrayNode ladder() {
    ArrayNode streams = JsonNodeFactory.instance.arrayNode();
    for (int[] step : LADDER) {
      ObjectNode stream = streams.addObject();
      stream
          .putObject("Video")
          .put("Codec", "libx264")
          .put("Fps", 24)
          .put("Bitrate", step[1])
          .put("ResolutionAdaptive", "open")
          .put("Width", 0)
          .put("Height", step[0]);
      stream
          .putObject("Audio")
          .put("Codec", "libfdk_aac")
          .put("Bitrate", 48)
          .put("SampleRate", 44100)
          .put("AudioChannel", 2);
      stream.put("RemoveAudio", 0).put("RemoveVideo", 0);
    }
    return streams;
  }
}

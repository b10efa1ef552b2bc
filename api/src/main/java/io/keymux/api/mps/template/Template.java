package io.keymux.api.mps.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;

/**
 * What a {@code Definition} stands for. Nothing is encoded here, so of the substreams only the
 * duration of segments counts: the rest is kept and shown.
 *
 * @param definition its number
 * @param preset whether it came with Keymux, and can be neither changed nor deleted
 * @param draft all that its author says
 */
public record Template(
    long definition, boolean preset, Draft draft, Instant created, Instant updated) {

  /**
   * @param format {@code HLS} or {@code MPEG-DASH}
   * @param streamInfos as they came, without fields that are not known
   * @param higherBitrateDisabled kept and shown
   * @param higherResolutionDisabled kept and shown
   * @param pureAudio kept and shown
   */
  public record Draft(
      String name,
      String comment,
      String format,
      SegmentType segmentType,
      ArrayNode streamInfos,
      boolean higherBitrateDisabled,
      boolean higherResolutionDisabled,
      boolean pureAudio) {
    public Draft {
      streamInfos = streamInfos.deepCopy();
    }

    @Override
    public ArrayNode streamInfos() {
      return streamInfos.deepCopy();
    }
  }

  public boolean dash() {
    return draft.format().equals(TemplateFields.DASH);
  }

  /** Of segments in seconds: the first substream's, or 0 to leave it to the service. */
  public int segmentSeconds() {
    return draft.streamInfos().path(0).path("Video").path("HlsTime").asInt(0);
  }
}

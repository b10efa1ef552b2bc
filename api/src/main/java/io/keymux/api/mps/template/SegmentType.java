package io.keymux.api.mps.template;

import io.keymux.api.mps.problem.MpsException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How segments are packed. Several of Tencent's types mean the same here, where every track has
 * files of its own.
 *
 * @param id in requests
 * @param transportStream MPEG-TS and packed audio, else fragmented MP4
 * @param singleFile one file for each track, else one for each segment
 */
public record SegmentType(String id, boolean transportStream, boolean singleFile) {
  /** What an HLS template has that does not say it. */
  public static final SegmentType TS_SEGMENT = new SegmentType("ts-segment", true, false);

  /** What a DASH template has that does not say it. */
  public static final SegmentType MP4_BYTERANGE = new SegmentType("mp4-byterange", false, true);

  private static final SegmentType[] ALL = {
    TS_SEGMENT,
    new SegmentType("ts-byterange", true, true),
    new SegmentType("mp4-segment", false, false),
    MP4_BYTERANGE,
    new SegmentType("ts-packed-audio", true, false),
    new SegmentType("mp4-packed-audio", false, false),
    new SegmentType("ts-ts-segment", true, false),
    new SegmentType("ts-ts-byterange", true, true),
    new SegmentType("mp4-mp4-segment", false, false),
    new SegmentType("mp4-mp4-byterange", false, true),
    new SegmentType("ts-packed-audio-byterange", true, true),
    new SegmentType("mp4-packed-audio-byterange", false, true),
  };

  /**
   * @throws MpsException with code {@code InvalidParameterValue} if there is none of this id
   */
  static SegmentType of(String id) {
    return Arrays.stream(ALL)
        .filter(type -> type.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                MpsException.invalidValue(
                    "SegmentType",
                    "is none that is known",
                    "Use one of "
                        + Arrays.stream(ALL).map(SegmentType::id).collect(Collectors.joining(", "))
                        + "."));
  }
}

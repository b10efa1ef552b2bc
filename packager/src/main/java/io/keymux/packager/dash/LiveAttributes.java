package io.keymux.packager.dash;

import io.keymux.packager.media.LiveTiming;
import java.math.BigDecimal;

/**
 * What an MPD says of time while its stream goes on.
 *
 * @see "ISO/IEC 23009-1, 5.3.1.2 MPD element and A.3 dynamic media presentations; DASH-IF IOP 4.3,
 *     4"
 */
final class LiveAttributes {
  /** Segments behind the live edge at which players begin. */
  private static final int DELAY_SEGMENTS = 3;

  private LiveAttributes() {}

  /**
   * @param endMicros end of the last segment in the presentation
   */
  static void write(XmlWriter xml, LiveTiming live, long endMicros) {
    xml.attribute("type", "dynamic")
        .attribute("availabilityStartTime", live.start())
        .attribute("publishTime", live.published());
    if (live.ended()) {
      xml.attribute(
          "mediaPresentationDuration", MpdWriter.seconds(BigDecimal.valueOf(endMicros, 6)));
    } else {
      xml.attribute("minimumUpdatePeriod", seconds(live.segmentSeconds()));
    }
    xml.attribute("timeShiftBufferDepth", seconds(live.windowSeconds()))
        .attribute("suggestedPresentationDelay", seconds(DELAY_SEGMENTS * live.segmentSeconds()));
  }

  private static String seconds(double seconds) {
    return MpdWriter.seconds(BigDecimal.valueOf(Math.round(seconds * 1000), 3));
  }

  static void writeClock(XmlWriter xml, LiveTiming live) {
    if (live.clock() != null) {
      xml.descriptor("UTCTiming", "urn:mpeg:dash:utc:http-iso:2014", live.clock());
    }
  }
}

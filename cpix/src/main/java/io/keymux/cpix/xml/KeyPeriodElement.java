package io.keymux.cpix.xml;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.KeyPeriod;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Makes ContentKeyPeriod elements. */
final class KeyPeriodElement {
  private KeyPeriodElement() {}

  static JaxbCpix.Period of(KeyPeriod period, VersionCheck version) {
    JaxbCpix.Period element = new JaxbCpix.Period();
    element.id = period.id().isEmpty() ? null : period.id();
    element.index = text(period.index());
    element.start = text(period.start());
    element.end = text(period.end());
    element.label = version.since(CpixVersion.V2_4, "ContentKeyPeriod@label", period.label());
    element.startOffset =
        version.since(CpixVersion.V2_4, "ContentKeyPeriod@startOffset", text(period.startOffset()));
    element.endOffset =
        version.since(CpixVersion.V2_4, "ContentKeyPeriod@endOffset", text(period.endOffset()));
    element.duration =
        version.since(CpixVersion.V2_4, "ContentKeyPeriod@duration", text(period.duration()));
    return element;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** Its own text leaves seconds out where they are zero, which XML does not. */
  static @Nullable String text(@Nullable OffsetDateTime time) {
    return time == null ? null : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
  }
}

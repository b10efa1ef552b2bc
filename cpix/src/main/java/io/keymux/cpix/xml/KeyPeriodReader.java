package io.keymux.cpix.xml;

import io.keymux.cpix.KeyPeriod;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads ContentKeyPeriod elements. Which attributes go together differs between versions. */
final class KeyPeriodReader {
  private static final long MAX_INDEX = 0xffff_ffffL;

  private final BoundDocument document;
  private final List<KeyPeriod> periods = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  KeyPeriodReader(BoundDocument document) {
    this.document = document;
  }

  List<KeyPeriod> periods() {
    return periods;
  }

  /** The ids that rules can name. */
  Set<String> ids() {
    return ids;
  }

  void read(JaxbCpix.Period element) {
    Place place = document.place(element);
    String id = element.id == null ? "" : Lexical.trimmed(element.id);
    if (!id.isEmpty() && !ids.add(id)) {
      throw place
          .attribute("id")
          .invalid(
              "cpix-duplicate-period",
              "an earlier ContentKeyPeriod has the id \"" + id + "\".",
              "Give each period an id of its own.");
    }
    Long index =
        element.index == null
            ? null
            : Lexical.number(element.index, place.attribute("index"), 0, MAX_INDEX);
    periods.add(
        new KeyPeriod(
            id,
            index,
            time(element.start, place.attribute("start")),
            time(element.end, place.attribute("end")),
            element.label,
            span(element.startOffset, place.attribute("startOffset")),
            span(element.endOffset, place.attribute("endOffset")),
            span(element.duration, place.attribute("duration"))));
  }

  private static @Nullable OffsetDateTime time(@Nullable String text, Place place) {
    return text == null ? null : Lexical.dateTime(text, place);
  }

  private static @Nullable Duration span(@Nullable String text, Place place) {
    return text == null ? null : Lexical.duration(text, place);
  }
}

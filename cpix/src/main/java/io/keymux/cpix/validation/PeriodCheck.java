package io.keymux.cpix.validation;

import io.keymux.cpix.CpixVersion;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Key periods: what may name their bounds together, and that they are half-open intervals of some
 * length, [start, end).
 *
 * @see "DASH-IF CPIX, ContentKeyPeriod"
 */
final class PeriodCheck implements Check {
  private static final List<String> TIMES =
      List.of("start", "end", "startOffset", "endOffset", "duration");
  private static final Set<List<String>> LEGAL_2_4 =
      Set.of(
          List.of(),
          List.of("start", "end"),
          List.of("start", "duration"),
          List.of("startOffset", "endOffset"),
          List.of("startOffset", "duration"));

  @Override
  public void run(DocumentView tree, Report report) {
    long before = -1;
    for (Element period : tree.periods()) {
      combination(period, tree.version(), report);
      bounds(period, report);
      Long index = Numbers.unsigned(period, "index", report);
      if (index != null) {
        if (index <= before && before != Numbers.MAX) {
          report.at(
              period,
              "index",
              CpixRule.PERIOD_ORDER,
              "Index %d does not follow %d.".formatted(index, before),
              "Let indexes rise, and wrap at 4294967295 only.");
        }
        before = index;
      }
    }
  }

  private static void combination(Element period, CpixVersion version, Report report) {
    List<String> times = new ArrayList<>(TIMES);
    times.removeIf(name -> !period.hasAttribute(name));
    boolean start = times.contains("start");
    boolean end = times.contains("end");
    String problem = null;
    String remedy = "";
    if (version.isAtLeast(CpixVersion.V2_4)) {
      if (times.equals(List.of("start"))) {
        report.at(
            period,
            "start",
            CpixRule.PERIOD_START_ALONE,
            "Whether a period may have a start alone is an open question of CPIX 2.4.",
            "Add end or duration.");
      } else if (!LEGAL_2_4.contains(times)) {
        problem = "The period has " + String.join(", ", times) + " together.";
        remedy =
            "Use start with end or duration, startOffset with endOffset or duration, or index alone.";
      }
    } else if (period.hasAttribute("index") && (start || end)) {
      problem = "The period has index and time.";
      remedy = "Use one of the two; CPIX 2.4 takes both.";
    } else if (start != end && !version.isAtLeast(CpixVersion.V2_3_1)) {
      problem = "The period has one of start and end.";
      remedy = "Add the other.";
    }
    if (problem != null) {
      report.at(period, CpixRule.PERIOD_COMBINATION, problem, remedy);
    }
  }

  private static void bounds(Element period, Report report) {
    OffsetDateTime start = TimeText.point(period.getAttribute("start"));
    OffsetDateTime end = TimeText.point(period.getAttribute("end"));
    if (start != null && end != null && !start.isBefore(end)) {
      reversed(period, "end", report);
    }
    BigDecimal from = TimeText.seconds(period.getAttribute("startOffset"));
    BigDecimal to = TimeText.seconds(period.getAttribute("endOffset"));
    if (from != null && to != null && from.compareTo(to) >= 0) {
      reversed(period, "endOffset", report);
    }
    BigDecimal length = TimeText.seconds(period.getAttribute("duration"));
    if (length != null && length.signum() <= 0) {
      reversed(period, "duration", report);
    }
  }

  private static void reversed(Element period, String attribute, Report report) {
    report.at(
        period,
        attribute,
        CpixRule.PERIOD_REVERSED,
        "The period ends before or when it starts.",
        "Correct its bounds; the end is not part of it.");
  }
}

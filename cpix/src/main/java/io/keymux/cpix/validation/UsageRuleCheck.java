package io.keymux.cpix.validation;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.HashSet;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Usage rules and their filters.
 *
 * @see "DASH-IF CPIX, ContentKeyUsageRule"
 */
final class UsageRuleCheck implements Check {
  @Override
  public void run(DocumentView tree, Report report) {
    Set<String> periods = ids(tree, true);
    Set<String> others = ids(tree, false);
    for (Element rule : tree.rules()) {
      KeyId keyId = DocumentView.id(rule, "kid");
      if (keyId != null && !tree.keysById().containsKey(keyId)) {
        report.at(
            rule,
            "kid",
            CpixRule.RULE_OF_UNKNOWN_KEY,
            "No ContentKey has KID " + keyId + ".",
            "Add the key or correct the KID.");
      }
      for (Element filter : CpixDom.children(rule)) {
        if (!CpixNames.CPIX.equals(filter.getNamespaceURI())) {
          report.at(
              filter,
              CpixRule.FOREIGN_FILTER,
              "Readers that do not know the filter may use none of the rules.",
              "Make sure that all of them know it.");
        } else if ("KeyPeriodFilter".equals(filter.getLocalName())) {
          String period = ValueType.collapse(filter.getAttribute("periodId"));
          // An id of nothing at all is found by the structure check.
          if (!periods.contains(period) && others.contains(period)) {
            report.at(
                filter,
                "periodId",
                CpixRule.FILTER_OF_NO_PERIOD,
                "\"%s\" is the id of an element that is no ContentKeyPeriod."
                    .formatted(Quoted.shortened(period)),
                "Name a period.");
          }
        } else {
          bounds(filter, report);
        }
      }
    }
  }

  private static Set<String> ids(DocumentView tree, boolean periods) {
    Set<String> ids = new HashSet<>();
    if (periods) {
      tree.periods().forEach(p -> ids.add(ValueType.collapse(p.getAttribute("id"))));
    } else {
      collect(tree.root(), ids);
    }
    return ids;
  }

  private static void collect(Element element, Set<String> ids) {
    ids.add(ValueType.collapse(element.getAttribute("id")));
    CpixDom.children(element).forEach(child -> collect(child, ids));
  }

  private static void bounds(Element filter, Report report) {
    switch (filter.getLocalName()) {
      case "VideoFilter" -> {
        range(filter, "minPixels", "maxPixels", false, report);
        range(filter, "minFps", "maxFps", true, report);
      }
      case "AudioFilter" -> range(filter, "minChannels", "maxChannels", false, report);
      case "BitrateFilter" -> {
        range(filter, "minBitrate", "maxBitrate", false, report);
        if (!filter.hasAttribute("minBitrate") && !filter.hasAttribute("maxBitrate")) {
          report.at(
              filter,
              CpixRule.EMPTY_BITRATE_FILTER,
              "The filter has neither minBitrate nor maxBitrate.",
              "Give at least one, or remove the filter.");
        }
      }
      default -> {} // No bounds.
    }
  }

  private static void range(
      Element filter, String min, String max, boolean minExclusive, Report report) {
    Long low = Numbers.unsigned(filter, min, report);
    Long high = Numbers.unsigned(filter, max, report);
    if (low != null && high != null && (low > high || (minExclusive && low.equals(high)))) {
      report.at(
          filter,
          CpixRule.FILTER_BOUNDS,
          "No value is from %s %d%s to %s %d."
              .formatted(min, low, minExclusive ? " (not included)" : "", max, high),
          "Correct the bounds: the filter matches nothing.");
    }
  }
}

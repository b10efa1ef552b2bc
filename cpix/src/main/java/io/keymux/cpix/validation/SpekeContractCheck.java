package io.keymux.cpix.validation;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * The encryption contract of SPEKE v2: its usage rules. Track types are free texts; parts of one
 * are joined by {@code +} and need at most one filter each.
 *
 * @see "SPEKE API specification v2, Encryption contract"
 */
final class SpekeContractCheck implements Check {
  private static final String SHARED = "ALL";

  /** 1920x1080: above it, content providers demand stronger protection than audio gets. */
  private static final long HD_PIXELS = 2_073_600;

  @Override
  public void run(DocumentView tree, Report report) {
    if (!tree.isSpekeV2()) {
      return;
    }
    List<Element> rules = tree.rules();
    if (rules.stream().allMatch(rule -> filters(rule).isEmpty())) {
      report.missing(
          tree.root(),
          "ContentKeyUsageRuleList",
          CpixRule.SPEKE_CONTRACT_MISSING,
          "No usage rule has a VideoFilter or AudioFilter.",
          "Add a rule for each key.");
      return;
    }
    Map<String, Set<String>> types = new HashMap<>();
    for (Element rule : rules) {
      String type = rule.getAttribute("intendedTrackType").strip();
      if (type.isEmpty()) {
        report.at(
            rule,
            "intendedTrackType",
            CpixRule.SPEKE_TRACK_TYPE,
            "The rule has no track type.",
            "Add it.");
      } else {
        filters(rule, type, report);
        repeated(rule, type, types, report);
      }
    }
    keys(tree, report);
  }

  private static List<Element> filters(Element rule) {
    List<Element> filters = new ArrayList<>(CpixDom.children(rule, "VideoFilter"));
    filters.addAll(CpixDom.children(rule, "AudioFilter"));
    return filters;
  }

  private static void filters(Element rule, String type, Report report) {
    List<Element> filters = filters(rule);
    boolean shared = type.equals(SHARED);
    boolean pair =
        filters.size() == 2
            && CpixDom.children(rule, "VideoFilter").size() == 1
            && filters.stream().allMatch(SpekeContractCheck::isBare);
    int parts = type.split("\\+", -1).length;
    if (shared ? !pair : filters.isEmpty() || filters.size() > parts) {
      report.at(
          rule,
          CpixRule.SPEKE_TRACK_TYPE_FILTERS,
          "The rule for \"%s\" has %d filters for video and audio."
              .formatted(Quoted.shortened(type), filters.size()),
          shared
              ? "ALL needs one VideoFilter and one AudioFilter without attributes."
              : "Give it at least one, and at most one for each part between + signs.");
    }
  }

  private static boolean isBare(Element filter) {
    for (String name :
        List.of(
            "minPixels", "maxPixels", "minFps", "maxFps", "hdr", "minChannels", "maxChannels")) {
      if (filter.hasAttribute(name)) {
        return false;
      }
    }
    return true;
  }

  /** Track types are unique in a key period, and {@code ALL} is alone. */
  private static void repeated(
      Element rule, String type, Map<String, Set<String>> types, Report report) {
    List<String> periods =
        CpixDom.children(rule, "KeyPeriodFilter").stream()
            .map(filter -> ValueType.collapse(filter.getAttribute("periodId")))
            .toList();
    for (String period : periods.isEmpty() ? List.of("") : periods) {
      Set<String> there = types.computeIfAbsent(period, p -> new HashSet<>());
      if (!there.isEmpty() && (type.equals(SHARED) != there.contains(SHARED))) {
        report.at(
            rule,
            "intendedTrackType",
            CpixRule.SPEKE_SHARED_KEY,
            "ALL stands beside other track types.",
            "Use ALL alone: it is for everything.");
      } else if (!there.add(type)) {
        report.at(
            rule,
            "intendedTrackType",
            CpixRule.SPEKE_TRACK_TYPE_REPEATED,
            "An earlier rule is for \"%s\" already.".formatted(Quoted.shortened(type)),
            "Give each track type one rule.");
      }
    }
  }

  private static void keys(DocumentView tree, Report report) {
    Map<KeyId, List<Element>> rules = new HashMap<>();
    for (Element rule : tree.rules()) {
      KeyId keyId = DocumentView.id(rule, "kid");
      if (keyId != null) {
        rules.computeIfAbsent(keyId, id -> new ArrayList<>()).add(rule);
      }
    }
    tree.keysById()
        .forEach(
            (keyId, key) -> {
              List<Element> own = rules.getOrDefault(keyId, List.of());
              if (own.isEmpty()) {
                report.at(
                    key,
                    "kid",
                    CpixRule.SPEKE_KEY_WITHOUT_RULE,
                    "No usage rule is for KID " + keyId + ".",
                    "Add a rule or remove the key.");
              } else if (mixesLevels(own)) {
                report.at(
                    key,
                    "kid",
                    CpixRule.SPEKE_SECURITY_LEVELS,
                    "KID %s is for audio and for video above 2073600 pixels.".formatted(keyId),
                    "Use a key of its own for each, or track type ALL.");
              }
            });
  }

  private static boolean mixesLevels(List<Element> rules) {
    boolean audio = false;
    boolean ultraHigh = false;
    for (Element rule : rules) {
      if (!rule.getAttribute("intendedTrackType").strip().equals(SHARED)) {
        audio |= !CpixDom.children(rule, "AudioFilter").isEmpty();
        ultraHigh |=
            CpixDom.children(rule, "VideoFilter").stream()
                .anyMatch(
                    f -> pixels(f, "minPixels") > HD_PIXELS || pixels(f, "maxPixels") > HD_PIXELS);
      }
    }
    return audio && ultraHigh;
  }

  private static long pixels(Element filter, String name) {
    String text = ValueType.collapse(filter.getAttribute(name));
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}

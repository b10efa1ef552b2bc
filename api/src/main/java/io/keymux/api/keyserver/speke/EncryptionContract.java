package io.keymux.api.keyserver.speke;

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
 * The encryption contract of a SPEKE v2 request: its usage rules, which say which key protects
 * which tracks.
 *
 * <p>The documentation says that a rule has as many filters as its track type has parts, while the
 * test suite of the same publisher sends {@code SD+HD1} with one filter. So fewer are accepted.
 * Filters may overlap, for the same reason.
 *
 * @see "SPEKE API specification v2, Encryption contract"
 */
final class EncryptionContract {
  private static final String SHARED = "ALL";

  private EncryptionContract() {}

  /**
   * @param keys the KIDs of the request
   * @return the rules, in order
   * @throws SpekeRefusal if there is no contract, it contradicts itself, or one key would protect
   *     both audio and ultra-high-definition video
   */
  static List<ContractRule> check(Element root, Set<KeyId> keys) {
    List<Element> elements =
        CpixDom.entries(root, "ContentKeyUsageRuleList", "ContentKeyUsageRule");
    if (elements.stream().noneMatch(EncryptionContract::hasFilter)) {
      throw new SpekeRefusal("Missing CPIX encryption contract");
    }
    Set<String> periods = periods(root);
    List<ContractRule> rules = new ArrayList<>();
    Set<KeyId> used = new HashSet<>();
    for (Element element : elements) {
      ContractRule rule = ContractRule.of(element);
      if (!keys.contains(rule.key()) || !periods.containsAll(rule.periods())) {
        throw SpekeRefusal.malformedContract();
      }
      requireFilters(rule);
      rules.add(rule);
      used.add(rule.key());
    }
    if (used.size() != keys.size()) {
      throw SpekeRefusal.malformedContract();
    }
    requireTypes(rules);
    requireApart(rules);
    return rules;
  }

  private static boolean hasFilter(Element rule) {
    return !CpixDom.children(rule, "VideoFilter").isEmpty()
        || !CpixDom.children(rule, "AudioFilter").isEmpty();
  }

  /** The ids of the key periods, each of which needs one, and a place in time or order. */
  private static Set<String> periods(Element root) {
    Set<String> ids = new HashSet<>();
    for (Element period : CpixDom.entries(root, "ContentKeyPeriodList", "ContentKeyPeriod")) {
      boolean placed =
          period.hasAttribute("index")
              || period.hasAttribute("start")
              || period.hasAttribute("startOffset");
      String id = CpixDom.attribute(period, "id").orElseThrow(SpekeRefusal::malformedContract);
      if (!placed || !ids.add(id)) {
        throw SpekeRefusal.malformedContract();
      }
    }
    return ids;
  }

  private static void requireFilters(ContractRule rule) {
    boolean shared = rule.trackType().equals(SHARED);
    boolean fits =
        shared
            ? rule.bare() && rule.video().size() == 1 && rule.audio() == 1
            : rule.filters() >= 1 && rule.filters() <= rule.parts().size();
    if (!fits) {
      throw SpekeRefusal.malformedContract();
    }
  }

  /** Track types are unique in a key period, and {@code ALL} is alone. */
  private static void requireTypes(List<ContractRule> rules) {
    Map<String, Set<String>> types = new HashMap<>();
    for (ContractRule rule : rules) {
      for (String period : rule.periods().isEmpty() ? Set.of("") : rule.periods()) {
        Set<String> there = types.computeIfAbsent(period, p -> new HashSet<>());
        boolean crowded = !there.isEmpty() && rule.trackType().equals(SHARED);
        if (crowded || there.contains(SHARED) || !there.add(rule.trackType())) {
          throw SpekeRefusal.malformedContract();
        }
      }
    }
  }

  /** Where audio and video share a key by contract ({@code ALL}), that is the client's choice. */
  private static void requireApart(List<ContractRule> rules) {
    Set<KeyId> audio = new HashSet<>();
    Set<KeyId> ultraHigh = new HashSet<>();
    for (ContractRule rule : rules) {
      if (rule.audio() > 0 && !rule.trackType().equals(SHARED)) {
        audio.add(rule.key());
      }
      if (rule.ultraHigh()) {
        ultraHigh.add(rule.key());
      }
    }
    audio.retainAll(ultraHigh);
    if (!audio.isEmpty()) {
      throw SpekeRefusal.unsupportedContract();
    }
  }
}

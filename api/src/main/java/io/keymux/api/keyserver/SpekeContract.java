package io.keymux.api.keyserver;

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
 * The encryption contract of a SPEKE v2 request: its usage rules.
 *
 * @see "SPEKE API specification v2, Encryption contract"
 */
final class SpekeContract {
  private static final String SHARED = "ALL";

  /** 1920x1080: above it, content providers demand stronger protection than audio gets. */
  private static final long HD_PIXELS = 2_073_600;

  private SpekeContract() {}

  /**
   * @param keys the KIDs of the request
   * @throws SpekeRefusal if there is no contract, it contradicts itself, or one key would protect
   *     both audio and ultra-high-definition video
   */
  static void check(Element root, Set<KeyId> keys) {
    List<Rule> rules = new ArrayList<>();
    for (Element element :
        CpixDom.entries(root, "ContentKeyUsageRuleList", "ContentKeyUsageRule")) {
      rules.add(Rule.of(element, keys));
    }
    if (rules.stream().allMatch(rule -> rule.filters() == 0)) {
      throw new SpekeRefusal("Missing CPIX encryption contract");
    }
    rules.forEach(SpekeContract::requireFilters);
    requireTypes(rules);
    requireApart(rules);
    if (!rules.stream().map(Rule::key).collect(java.util.stream.Collectors.toSet()).equals(keys)) {
      throw SpekeRefusal.malformedContract();
    }
  }

  private static void requireFilters(Rule rule) {
    boolean shared = rule.trackType().equals(SHARED);
    int parts = rule.trackType().split("\\+", -1).length;
    boolean fits =
        shared
            ? rule.bare() && rule.video().size() == 1 && rule.audio() == 1
            : rule.filters() >= 1 && rule.filters() <= parts;
    if (!fits) {
      throw SpekeRefusal.malformedContract();
    }
  }

  /** Track types are unique in a key period, and {@code ALL} is alone. */
  private static void requireTypes(List<Rule> rules) {
    Map<String, Set<String>> types = new HashMap<>();
    for (Rule rule : rules) {
      for (String period : rule.periods()) {
        Set<String> there = types.computeIfAbsent(period, p -> new HashSet<>());
        boolean crowded = !there.isEmpty() && rule.trackType().equals(SHARED);
        if (crowded || there.contains(SHARED) || !there.add(rule.trackType())) {
          throw SpekeRefusal.malformedContract();
        }
      }
    }
  }

  private static void requireApart(List<Rule> rules) {
    Set<KeyId> audio = new HashSet<>();
    Set<KeyId> ultraHigh = new HashSet<>();
    for (Rule rule : rules) {
      if (!rule.trackType().equals(SHARED)) {
        if (rule.audio() > 0) {
          audio.add(rule.key());
        }
        if (rule.video().stream().anyMatch(Pixels::ultraHigh)) {
          ultraHigh.add(rule.key());
        }
      }
    }
    audio.retainAll(ultraHigh);
    if (!audio.isEmpty()) {
      throw new SpekeRefusal("Requested CPIX encryption contract not supported");
    }
  }

  /**
   * @param max 0 if there is no upper bound
   */
  private record Pixels(long min, long max) {
    boolean ultraHigh() {
      return min > HD_PIXELS || max > HD_PIXELS;
    }
  }

  /**
   * @param bare whether no filter for video or audio has a bound
   * @param periods that the rule is for; one without a name if it names none
   */
  private record Rule(
      KeyId key,
      String trackType,
      List<Pixels> video,
      int audio,
      boolean bare,
      Set<String> periods) {

    int filters() {
      return video.size() + audio;
    }

    static Rule of(Element element, Set<KeyId> keys) {
      KeyId key =
          CpixDom.attribute(element, "kid")
              .filter(SpekeRequest::isKeyId)
              .map(KeyId::parse)
              .filter(keys::contains)
              .orElseThrow(SpekeRefusal::malformedContract);
      String type =
          CpixDom.attribute(element, "intendedTrackType")
              .orElseThrow(SpekeRefusal::malformedContract);
      List<Element> video = CpixDom.children(element, "VideoFilter");
      List<Element> audio = CpixDom.children(element, "AudioFilter");
      Set<String> periods = new HashSet<>();
      CpixDom.children(element, "KeyPeriodFilter")
          .forEach(filter -> periods.add(filter.getAttribute("periodId")));
      audio.forEach(filter -> range(filter, "minChannels", "maxChannels"));
      return new Rule(
          key,
          type,
          video.stream().map(filter -> range(filter, "minPixels", "maxPixels")).toList(),
          audio.size(),
          video.stream().allMatch(Rule::isBare) && audio.stream().allMatch(Rule::isBare),
          periods.isEmpty() ? Set.of("") : periods);
    }

    private static boolean isBare(Element filter) {
      for (int i = 0; i < filter.getAttributes().getLength(); i++) {
        if (filter.getAttributes().item(i).getNamespaceURI() == null) {
          return false;
        }
      }
      return true;
    }

    private static Pixels range(Element filter, String min, String max) {
      long low = number(filter, min);
      long high = number(filter, max);
      if (high > 0 && low > high) {
        throw SpekeRefusal.malformedContract();
      }
      return new Pixels(low, high);
    }

    private static long number(Element filter, String name) {
      String text = CpixDom.attribute(filter, name).orElse("0");
      if (!text.matches("\\d{1,18}")) {
        throw SpekeRefusal.malformedContract();
      }
      return Long.parseLong(text);
    }
  }
}

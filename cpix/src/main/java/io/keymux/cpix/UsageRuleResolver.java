package io.keymux.cpix;

import io.keymux.cpix.Filter.KeyPeriodFilter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the one key of a track in one document. */
final class UsageRuleResolver {
  private final CpixDocument document;
  private final List<UsageRule> rules;

  /**
   * @throws UnresolvedKeyException if no track at all may be mapped by these rules
   */
  UsageRuleResolver(CpixDocument document) {
    this.document = document;
    this.rules = document.usageRules();
    for (int i = 0; i < rules.size(); i++) {
      UsageRule rule = rules.get(i);
      if (!rule.usable()) {
        throw UnresolvedKeyException.unusable(i + 1, rule);
      }
      requireOnePeriod(i + 1, rule);
    }
  }

  private void requireOnePeriod(int number, UsageRule rule) {
    List<KeyPeriod> periods = document.keyPeriods();
    for (Filter filter : rule.filters()) {
      if (filter instanceof KeyPeriodFilter period) {
        if (periods.stream().noneMatch(known -> known.id().equals(period.periodId()))) {
          throw UnresolvedKeyException.unknownPeriod(number, rule, period.periodId());
        }
        if (periods.size() > 1) {
          throw UnresolvedKeyException.rotation(periods);
        }
      }
    }
  }

  TrackKeys.Assignment resolve(Track track) {
    if (rules.isEmpty()) {
      return onlyKey(track);
    }
    Set<KeyId> keyIds = new LinkedHashSet<>();
    UsageRule first = null;
    String why = "";
    for (int i = 0; i < rules.size(); i++) {
      UsageRule rule = rules.get(i);
      List<Filter> filters = RuleMatch.filters(rule, track);
      if (filters != null) {
        keyIds.add(rule.keyId());
        if (first == null) {
          first = rule;
          why = RuleText.name(i + 1, rule) + " " + reason(filters);
        }
      }
    }
    if (first == null) {
      throw UnresolvedKeyException.noMatch(track, rules.size());
    }
    if (keyIds.size() > 1) {
      throw UnresolvedKeyException.ambiguous(track, keyIds);
    }
    return new TrackKeys.Assignment(track, key(track, first.keyId()), first, why);
  }

  private TrackKeys.Assignment onlyKey(Track track) {
    List<KeyId> keyIds = new ArrayList<>();
    document.contentKeys().forEach(key -> keyIds.add(key.id()));
    document.requestedKeys().forEach(key -> keyIds.add(key.id()));
    if (keyIds.size() != 1) {
      throw UnresolvedKeyException.noRules(track, keyIds.size());
    }
    return new TrackKeys.Assignment(
        track,
        key(track, keyIds.get(0)),
        null,
        "The document has no usage rules and only this key, so the key is for every track.");
  }

  private ContentKey key(Track track, KeyId keyId) {
    return document
        .contentKey(keyId)
        .orElseThrow(() -> UnresolvedKeyException.noValue(track, keyId));
  }

  private static String reason(List<Filter> filters) {
    return filters.isEmpty()
        ? "has no filters, so it matches every track."
        : "matches by "
            + filters.stream().map(RuleText::of).collect(Collectors.joining(" and "))
            + ".";
  }
}

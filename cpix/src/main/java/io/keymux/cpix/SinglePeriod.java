package io.keymux.cpix;

import io.keymux.cpix.Filter.KeyPeriodFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes what one key period needs out of a document with the keys of several. */
public final class SinglePeriod {
  private final CpixDocument document;
  private final KeyPeriod period;

  private SinglePeriod(CpixDocument document, KeyPeriod period) {
    this.document = document;
    this.period = period;
  }

  /**
   * The part of {@code document} that is for the key period {@code wanted}.
   *
   * <p>The document's period is the one with the same index; if none of its periods has an index,
   * the one that holds the start of {@code wanted}, where both have offsets; else the one whose
   * place in the order of the periods is the index of {@code wanted}, counted from 1.
   *
   * @param wanted has an index
   * @return the document's keys, signalling and rules for that period, which it still defines and
   *     each rule names; rules that named no period are for every period, so they stay
   * @throws UnresolvedKeyException with code {@code unknown-key-period} if the document has no such
   *     period or a rule names one that it does not define, or as {@link KeyPeriods#of}
   */
  public static CpixDocument of(CpixDocument document, KeyPeriod wanted) {
    KeyPeriod found =
        find(document, wanted)
            .orElseThrow(() -> UnresolvedKeyException.noPeriod(wanted, document.keyPeriods()));
    return new SinglePeriod(document, found).part();
  }

  private static Optional<KeyPeriod> find(CpixDocument document, KeyPeriod wanted) {
    Long index = wanted.index();
    if (index == null) {
      throw new IllegalArgumentException("a key period to look for needs an index");
    }
    KeyPeriods periods = KeyPeriods.of(document);
    List<KeyPeriod> all = periods.inOrder();
    if (all.stream().anyMatch(period -> period.index() != null)) {
      return periods.byIndex(index);
    }
    Duration start = wanted.startOffset();
    if (start != null && all.stream().anyMatch(period -> period.startOffset() != null)) {
      return periods.atOffset(start);
    }
    return index >= 1 && index <= all.size()
        ? Optional.of(all.get((int) (index - 1)))
        : Optional.empty();
  }

  private CpixDocument part() {
    List<UsageRule> rules = rules();
    Set<KeyId> used = new HashSet<>();
    rules.forEach(rule -> used.add(rule.keyId()));
    List<ContentKey> keys = document.contentKeys();
    List<RequestedKey> requested = document.requestedKeys();
    if (!document.usageRules().isEmpty()) {
      keys.forEach(key -> addRoot(used, key.id(), key.details()));
      requested.forEach(key -> addRoot(used, key.id(), key.details()));
      keys = keys.stream().filter(key -> used.contains(key.id())).toList();
      requested = requested.stream().filter(key -> used.contains(key.id())).toList();
    }
    Set<KeyId> kept = new HashSet<>();
    keys.forEach(key -> kept.add(key.id()));
    requested.forEach(key -> kept.add(key.id()));
    return new CpixDocument(
        document.contentId(),
        document.version(),
        keys,
        requested,
        document.drmSystems().stream().filter(entry -> kept.contains(entry.keyId())).toList(),
        List.of(period),
        rules,
        document.details());
  }

  private static void addRoot(Set<KeyId> used, KeyId id, KeyDetails details) {
    KeyId root = details.dependsOn();
    if (root != null && used.contains(id)) {
      used.add(root);
    }
  }

  private List<UsageRule> rules() {
    List<UsageRule> all = document.usageRules();
    List<UsageRule> rules = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      UsageRule rule = all.get(i);
      Set<String> named = periods(i + 1, rule);
      if (named.isEmpty() || named.contains(period.id())) {
        // A period without an id cannot be named, but it is the only one left.
        rules.add(period.id().isEmpty() ? rule.always() : rule.always().during(period));
      }
    }
    return rules;
  }

  private Set<String> periods(int number, UsageRule rule) {
    Set<String> named = new HashSet<>();
    for (Filter filter : rule.filters()) {
      if (filter instanceof KeyPeriodFilter of) {
        if (document.keyPeriods().stream().noneMatch(known -> known.id().equals(of.periodId()))) {
          throw UnresolvedKeyException.unknownPeriod(number, rule, of.periodId());
        }
        named.add(of.periodId());
      }
    }
    return named;
  }
}

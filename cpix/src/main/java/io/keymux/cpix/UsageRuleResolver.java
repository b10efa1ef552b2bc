package io.keymux.cpix;

import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.KeyResolution.Outcome;
import io.keymux.cpix.RuleVerdict.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key of tracks by the usage rules of one document. Immutable; asks for no key values.
 *
 * <p>Filters of one kind are alternatives, different kinds must all match, and a rule without
 * filters matches everything, text too. A rule that cannot be used forbids all mapping. Several
 * rules may match if they name the same key. SPEKE's rule {@code ALL} with one bare video and one
 * bare audio filter matches every video and audio track. Without any rule, a single key is for
 * every track.
 *
 * @see "DASH-IF CPIX, Usage rules processing"
 */
public final class UsageRuleResolver {
  private final CpixDocument document;
  private final ResolutionMode mode;
  private final Map<KeyId, KeyId> rootOfLeaf = new HashMap<>();

  /** Keys that tracks may get: all but root keys. */
  private final Set<KeyId> trackKeys = new LinkedHashSet<>();

  private UsageRuleResolver(CpixDocument document, ResolutionMode mode) {
    this.document = document;
    this.mode = mode;
    document.contentKeys().forEach(key -> add(key.id(), key.details()));
    document.requestedKeys().forEach(key -> add(key.id(), key.details()));
    Set<KeyId> roots = new HashSet<>(rootOfLeaf.values());
    trackKeys.removeAll(roots);
    Set<String> periods = new HashSet<>();
    document.keyPeriods().forEach(period -> periods.add(period.id()));
    List<UsageRule> rules = document.usageRules();
    for (int i = 0; i < rules.size(); i++) {
      requireSense(i + 1, rules.get(i), roots, periods);
    }
  }

  /** By the rules of CPIX alone; see {@link #of(CpixDocument, ResolutionMode)}. */
  public static UsageRuleResolver of(CpixDocument document) {
    return of(document, ResolutionMode.CPIX);
  }

  /**
   * @throws UnresolvedKeyException with code {@code unknown-key-period} if a rule names a period
   *     that the document does not define, {@code root-key-in-usage-rule} if one names a key that
   *     others depend on
   */
  public static UsageRuleResolver of(CpixDocument document, ResolutionMode mode) {
    return new UsageRuleResolver(document, mode);
  }

  private void add(KeyId keyId, KeyDetails details) {
    trackKeys.add(keyId);
    KeyId root = details.dependsOn();
    if (root != null) {
      rootOfLeaf.put(keyId, root);
    }
  }

  private static void requireSense(
      int number, UsageRule rule, Set<KeyId> roots, Set<String> periods) {
    if (roots.contains(rule.keyId())) {
      throw UnresolvedKeyException.rootKey(number, rule);
    }
    for (Filter filter : rule.filters()) {
      if (filter instanceof KeyPeriodFilter period && !periods.contains(period.periodId())) {
        throw UnresolvedKeyException.unknownPeriod(number, rule, period.periodId());
      }
    }
  }

  /**
   * Finds the key of one track.
   *
   * @throws UnresolvedKeyException only for the key period that {@code context} selects: with code
   *     {@code unknown-key-period} if the document has none of that id or index, {@code
   *     overlapping-key-periods} or {@code invalid-key-period} as {@link KeyPeriods#of}
   */
  public KeyResolution resolve(ResolutionContext context) {
    return resolve(
        context.track(),
        new FilterMatch(context, mode, PeriodContext.of(document, context.period())));
  }

  /**
   * Finds the key of one track in every key period, in the order of {@link KeyPeriods#inOrder};
   * just once if the document has no periods. The period of {@code context} is not looked at.
   * Resolutions are made one by one, as the verdicts of long rotations need much room.
   *
   * @throws UnresolvedKeyException as {@link KeyPeriods#of}
   */
  public Stream<KeyResolution> resolveEach(ResolutionContext context) {
    if (document.keyPeriods().isEmpty()) {
      return Stream.of(resolve(context.in(null)));
    }
    List<KeyPeriod> periods = KeyPeriods.of(document).inOrder();
    FilterMatch match = new FilterMatch(context, mode, PeriodContext.of(periods.get(0)));
    return periods.stream()
        .map(period -> resolve(context.track(), match.in(PeriodContext.of(period))));
  }

  private KeyResolution resolve(Track track, FilterMatch match) {
    List<UsageRule> rules = document.usageRules();
    List<RuleVerdict> verdicts = new ArrayList<>();
    List<RuleVerdict> matched = new ArrayList<>();
    RuleVerdict unusable = null;
    for (int i = 0; i < rules.size(); i++) {
      RuleVerdict verdict = RuleMatch.verdict(i + 1, rules.get(i), match);
      verdicts.add(verdict);
      if (verdict.matched()) {
        matched.add(verdict);
      } else if (verdict.result() == Result.UNUSABLE && unusable == null) {
        unusable = verdict;
      }
    }
    Set<KeyId> keyIds = keyIds(matched);
    Outcome outcome =
        unusable != null
            ? Outcome.UNUSABLE
            : keyIds.isEmpty()
                ? Outcome.NO_MATCH
                : keyIds.size() > 1 ? Outcome.AMBIGUOUS : Outcome.KEY;
    return new KeyResolution(
        track,
        match.period().period(),
        outcome,
        outcome == Outcome.UNUSABLE ? List.of() : List.copyOf(keyIds),
        outcome == Outcome.KEY ? rootOfLeaf.get(keyIds.iterator().next()) : null,
        outcome == Outcome.KEY ? deciding(matched) : unusable,
        verdicts);
  }

  private Set<KeyId> keyIds(List<RuleVerdict> matched) {
    if (document.usageRules().isEmpty()) {
      return trackKeys.size() == 1 ? trackKeys : Set.of();
    }
    Set<KeyId> keyIds = new LinkedHashSet<>();
    for (RuleVerdict verdict : matched) {
      if (mode == ResolutionMode.SPEKE_LAST_RULE) {
        keyIds.clear();
      }
      keyIds.add(verdict.rule().keyId());
    }
    return keyIds;
  }

  private @Nullable RuleVerdict deciding(List<RuleVerdict> matched) {
    if (matched.isEmpty()) {
      return null;
    }
    return matched.get(mode == ResolutionMode.SPEKE_LAST_RULE ? matched.size() - 1 : 0);
  }
}

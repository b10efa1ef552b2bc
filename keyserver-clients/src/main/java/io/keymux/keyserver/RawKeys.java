package io.keymux.keyserver;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.answer.KeyAssignment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keys that the caller typed: {@code [[LABEL][@PERIOD]=]KID:KEY[:IV]}, all in hex but the index of
 * the key period.
 *
 * <p>A single key without a label serves every rule. Otherwise every key has a label, and a rule
 * takes the key whose label is its {@code intendedTrackType} ({@code SD}), else one of its label
 * filters ({@code audio-en}), else its kind ({@code VIDEO}, {@code AUDIO}). Nothing is guessed: a
 * rule without a key and a key without a rule are errors.
 *
 * <p>In a key period, keys of that period count and keys of none, which stay for the whole asset;
 * at least one key must name a period. Whether a key of another period is ever used is not known
 * here.
 */
public final class RawKeys implements KeyExchange {
  private final List<RawKey> keys;

  private RawKeys(List<RawKey> keys) {
    this.keys = keys;
  }

  /**
   * Parses the specs; the scheme, which decides about short IVs, is known only in {@link
   * #exchange}.
   *
   * @param specs at least one
   * @throws DrmException with code {@code invalid-raw-key} if one is malformed or two contradict
   *     each other; it names the position, never the key
   */
  public static RawKeys parse(List<String> specs) {
    if (specs.isEmpty()) {
      throw invalid("No raw key is given.", "Give at least one KID:KEY.");
    }
    List<RawKey> keys = new ArrayList<>();
    for (String spec : specs) {
      keys.add(RawKey.parse(keys.size() + 1, spec));
    }
    Map<KeyId, RawKey> byId = new LinkedHashMap<>();
    Set<String> labels = new HashSet<>();
    for (RawKey key : keys) {
      RawKey same = byId.putIfAbsent(key.id(), key);
      if (same != null && !same.sameKeyAs(key)) {
        throw invalid(
            "Keys %d and %d have the same KID %s but differ."
                .formatted(same.position(), key.position(), key.id()),
            "A KID names one key: correct one of them.");
      }
      if (!labels.add(key.name())) {
        throw invalid(
            key.name().isEmpty()
                ? "Key %d is the second one without a label.".formatted(key.position())
                : "Key %d repeats the label \"%s\".".formatted(key.position(), key.name()),
            "Give each key a label of its own, as in VIDEO=KID:KEY AUDIO=KID:KEY.");
      }
    }
    if (keys.stream().map(RawKey::label).distinct().anyMatch(String::isEmpty)
        && !keys.stream().allMatch(key -> key.label().isEmpty())) {
      throw invalid(
          "A key without a label stands beside keys with labels.",
          "Label every key, or give a single key for all tracks.");
    }
    return new RawKeys(List.copyOf(keys));
  }

  /**
   * One key for everything.
   *
   * @param value 16 bytes; kept
   * @throws IllegalArgumentException if it has another size
   */
  public static RawKeys of(KeyId id, SecretBytes value) {
    if (value.size() != ContentKey.SIZE_BYTES) {
      throw new IllegalArgumentException("a key of " + value.size() + " bytes");
    }
    return new RawKeys(List.of(new RawKey(1, "", null, id, value, null)));
  }

  /**
   * @throws DrmException with code {@code raw-key-missing} if a rule has no key, {@code
   *     raw-key-unused} if a key has no rule, {@code raw-key-ambiguous} if several labels fit one
   *     rule, {@code invalid-raw-key} if an IV does not fit the scheme, {@code
   *     key-rotation-unsupported} if the request names a key period and no key does
   */
  @Override
  public CpixDocument exchange(KeyRequest request) {
    Long period = period(request);
    List<RawKey> candidates = keys.stream().filter(key -> key.isFor(period)).toList();
    Map<KeyId, ContentKey> assigned = new LinkedHashMap<>();
    Set<Integer> used = new HashSet<>();
    for (UsageRule rule : request.rules()) {
      RawKey key = keyFor(rule, candidates, period);
      ContentKey content = key.toContentKey(request.scheme());
      ContentKey before = assigned.put(rule.keyId(), content);
      if (before != null && !before.equals(content)) {
        throw new DrmException(
            DrmException.Blame.CALLER,
            "raw-key-ambiguous",
            "The rules of KID %s share one key, the raw keys name two: %s and %s."
                .formatted(rule.keyId(), before.id(), content.id()),
            "Give both the same key, or choose a key rule that keeps them apart.");
      }
      used.add(key.position());
    }
    requireUsed(period == null ? keys : candidates, used, request);
    return new KeyAssignment(assigned).answer(request);
  }

  private @Nullable Long period(KeyRequest request) {
    KeyPeriod period = request.keyPeriod();
    if (period != null && keys.stream().allMatch(key -> key.period() == null)) {
      throw new DrmException(
          DrmException.Blame.UNSUPPORTED,
          "key-rotation-unsupported",
          "The job asks for a key in each key period, and none of the raw keys names one.",
          "Give a key for each, as VIDEO@1=KID:KEY VIDEO@2=KID:KEY, or package without a key"
              + " period.");
    }
    return period == null ? null : period.index();
  }

  private static void requireUsed(List<RawKey> keys, Set<Integer> used, KeyRequest request) {
    for (RawKey key : keys) {
      if (!used.contains(key.position())) {
        throw new DrmException(
            DrmException.Blame.CALLER,
            "raw-key-unused",
            "Key %d with label \"%s\" fits no rule; the rules are for %s."
                .formatted(key.position(), key.name(), describe(request)),
            key.period() != null && request.keyPeriod() == null
                ? "Leave it out, or give the job a key period."
                : "Correct its label or leave it out.");
      }
    }
  }

  private static RawKey keyFor(UsageRule rule, List<RawKey> candidates, @Nullable Long period) {
    if (candidates.size() == 1 && candidates.get(0).label().isEmpty()) {
      return candidates.get(0);
    }
    if (candidates.size() > 1 && candidates.get(0).label().isEmpty()) {
      throw ambiguous(rule, candidates);
    }
    Set<String> labels = labels(rule);
    for (Predicate<String> fits :
        List.<Predicate<String>>of(
            rule.intendedTrackType()::equals, labels::contains, kind(rule)::equals)) {
      List<RawKey> fitting = candidates.stream().filter(key -> fits.test(key.label())).toList();
      if (fitting.size() > 1) {
        throw ambiguous(rule, fitting);
      }
      if (!fitting.isEmpty()) {
        return fitting.get(0);
      }
    }
    throw new DrmException(
        DrmException.Blame.CALLER,
        "raw-key-missing",
        "No key is given for %s; the labels given are %s."
            .formatted(
                describe(rule) + (period == null ? "" : " in key period " + period),
                candidates.stream().map(RawKey::name).toList()),
        "Add " + describe(rule) + (period == null ? "" : "@" + period) + "=KID:KEY.");
  }

  private static DrmException ambiguous(UsageRule rule, List<RawKey> fitting) {
    return new DrmException(
        DrmException.Blame.CALLER,
        "raw-key-ambiguous",
        "The rule for %s fits several keys: %s."
            .formatted(describe(rule), fitting.stream().map(RawKey::name).toList()),
        "Give only one of them.");
  }

  private static Set<String> labels(UsageRule rule) {
    Set<String> labels = new HashSet<>();
    rule.filters()
        .forEach(
            filter -> {
              if (filter instanceof LabelFilter label) {
                labels.add(label.label());
              }
            });
    return labels;
  }

  /** {@code VIDEO}, {@code AUDIO}, or {@code ALL} if the rule is for both. */
  private static String kind(UsageRule rule) {
    boolean video = rule.filters().stream().anyMatch(VideoFilter.class::isInstance);
    boolean audio = rule.filters().stream().anyMatch(AudioFilter.class::isInstance);
    return video == audio ? "ALL" : video ? "VIDEO" : "AUDIO";
  }

  private static String describe(UsageRule rule) {
    return rule.intendedTrackType().isEmpty() ? kind(rule) : rule.intendedTrackType();
  }

  private static List<String> describe(KeyRequest request) {
    return request.rules().stream().map(RawKeys::describe).toList();
  }

  private static DrmException invalid(String problem, String remedy) {
    return new DrmException(DrmException.Blame.CALLER, "invalid-raw-key", problem, remedy);
  }
}

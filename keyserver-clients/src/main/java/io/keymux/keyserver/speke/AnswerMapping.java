package io.keymux.keyserver.speke;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.CpixDialect.KidPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Maps an answer that is not SPEKE to the letter back to the request: each rule of the request gets
 * the key of the one rule of the answer that is the same or, failing that, has the same {@code
 * intendedTrackType}. Without rules only a single key can be told, or keys whose KIDs were kept.
 * Nothing is guessed; what has two readings is refused.
 *
 * @param host of the key server, for messages
 * @param request what the packager wants, in the server's words
 * @param asked the rules of the request, in its order, as the server knows them; empty if it was
 *     told none
 * @param kids what the server may do with KIDs
 * @param allSystems whether each DRM system of the request must be answered
 * @see EchoCheck
 */
public record AnswerMapping(
    String host, KeyRequest request, List<UsageRule> asked, KidPolicy kids, boolean allSystems) {

  public AnswerMapping {
    asked = List.copyOf(asked);
  }

  /**
   * @param answer without key periods, as {@link AnsweredPeriod#of} leaves it
   * @return the keys in the order of the request, what signalling there is, and the rules of the
   *     request for the KIDs of the answer
   * @throws KeyExchangeException with code {@code key-response-invalid} for the first violation
   */
  public CpixDocument map(CpixDocument answer) {
    if (answer.contentId() != null && !answer.contentId().equals(request.contentId())) {
      throw invalid("CPIX@contentId is not \"%s\"".formatted(request.contentId()));
    }
    if (!answer.keyPeriods().isEmpty()) {
      throw invalid("it has a ContentKeyPeriodList, and the job has no key rotation");
    }
    ReplacedKeyIds replaced = match(answer);
    List<ContentKey> keys = keys(answer, replaced);
    List<DrmSignaling> systems =
        new MappedSignaling(host, request.scheme()).of(request, replaced, answer, allSystems);
    List<UsageRule> rules =
        request.rules().stream()
            .map(rule -> rule.withKeyId(replaced.required(rule.keyId())))
            .toList();
    return new CpixDocument(
        request.contentId(), answer.version(), keys, List.of(), systems, List.of(), rules);
  }

  private ReplacedKeyIds match(CpixDocument answer) {
    ReplacedKeyIds replaced = new ReplacedKeyIds(host, request);
    // What has neither type nor filter says no more than no rule.
    List<UsageRule> telling =
        answer.usageRules().stream().filter(rule -> !rule.equals(all(rule.keyId()))).toList();
    if (asked.isEmpty() || telling.isEmpty()) {
      matchKeys(answer, replaced);
    } else {
      List<UsageRule> unused = new ArrayList<>(telling);
      for (int i = 0; i < asked.size(); i++) {
        UsageRule rule = asked.get(i);
        UsageRule received = answering(rule, telling);
        requireOwnTracks(request.rules().get(i), received);
        unused.remove(received);
        replaced.put(rule.keyId(), received.keyId());
      }
      if (!unused.isEmpty()) {
        throw invalid(
            "its usage rule for KID %s answers no rule of the request"
                .formatted(unused.get(0).keyId()));
      }
    }
    replaced.requireOneToOne();
    return replaced;
  }

  private static UsageRule all(KeyId id) {
    return new UsageRule(id, "", List.of());
  }

  private void matchKeys(CpixDocument answer, ReplacedKeyIds replaced) {
    List<KeyId> given = new ArrayList<>(answer.contentKeys().stream().map(k -> k.id()).toList());
    answer.requestedKeys().forEach(key -> given.add(key.id()));
    List<KeyId> sent = request.keyIds();
    if (kids == KidPolicy.ECHO) {
      sent.forEach(id -> replaced.put(id, id));
    } else if (sent.size() == 1 && given.size() == 1) {
      replaced.put(sent.get(0), given.get(0));
    } else {
      throw invalid(
          "it has %d keys and no usage rule that tells which is which, the request has %d keys"
              .formatted(given.size(), sent.size()));
    }
  }

  private UsageRule answering(UsageRule rule, List<UsageRule> telling) {
    String type = rule.intendedTrackType();
    List<UsageRule> ofType =
        telling.stream().filter(r -> r.intendedTrackType().equals(type)).toList();
    List<UsageRule> same = ofType.stream().filter(r -> sameFilters(r, rule)).toList();
    List<UsageRule> answering = same.isEmpty() ? ofType : same;
    if (answering.size() != 1) {
      throw invalid(
          "it has %d usage rules with intendedTrackType \"%s\" for KID %s, the request has 1"
              .formatted(answering.size(), type, rule.keyId()));
    }
    return answering.get(0);
  }

  private void requireOwnTracks(UsageRule wanted, UsageRule received) {
    if (!received.usable() || contradict(received, wanted)) {
      throw invalid(
          "the usage rule for \"%s\" of KID %s has filters for other tracks than were asked for"
              .formatted(received.intendedTrackType(), received.keyId()));
    }
  }

  private static boolean sameFilters(UsageRule a, UsageRule b) {
    return a.usable()
        && a.filters().size() == b.filters().size()
        && new HashSet<>(a.filters()).equals(new HashSet<>(b.filters()));
  }

  /** One is for audio alone, the other for video alone. */
  private static boolean contradict(UsageRule a, UsageRule b) {
    return (onlyFor(a, VideoFilter.class) && onlyFor(b, AudioFilter.class))
        || (onlyFor(a, AudioFilter.class) && onlyFor(b, VideoFilter.class));
  }

  private static boolean onlyFor(UsageRule rule, Class<? extends Filter> kind) {
    List<Filter> kinds =
        rule.filters().stream()
            .filter(f -> f instanceof VideoFilter || f instanceof AudioFilter)
            .toList();
    return !kinds.isEmpty() && kinds.stream().allMatch(kind::isInstance);
  }

  private List<ContentKey> keys(CpixDocument answer, ReplacedKeyIds replaced) {
    AnswerKeys check = new AnswerKeys(host, answer, replaced::rulesOf);
    check.requireValues();
    check.requireNoOther(replaced);
    List<ContentKey> keys = new ArrayList<>();
    for (KeyId sent : request.keyIds()) {
      ContentKey key = check.required(replaced.required(sent));
      if (key.scheme() != null && key.scheme() != request.scheme()) {
        throw check.changedScheme(key.id());
      }
      keys.add(key);
    }
    check.requireSound(keys);
    return keys;
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}

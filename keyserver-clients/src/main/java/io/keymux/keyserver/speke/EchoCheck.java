package io.keymux.keyserver.speke;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks that an answer answers exactly what was asked. A key server may replace KIDs, then
 * everywhere and by KIDs that nobody asked for; it may add explicit IVs; it fills in what was left
 * open. Everything else must come back as it was sent.
 *
 * @see "AWS SPEKE v2.0, Standard payload components"
 */
final class EchoCheck {
  private final String host;
  private final KeyRequest request;
  private final CpixDocument asked;
  private final CpixDocument answer;

  private EchoCheck(String host, KeyRequest request, CpixDocument asked, CpixDocument answer) {
    this.host = host;
    this.request = request;
    this.asked = asked;
    this.answer = answer;
  }

  /**
   * @param request what the packager wants
   * @param asked what was sent for it
   * @param answer what came back
   * @return the keys in the order of the request, the signalling that was asked for, and the rules
   *     of {@code request}, with filters that were not sent, for the KIDs of the answer; no period
   * @throws KeyExchangeException with code {@code key-response-invalid} for the first violation
   */
  static CpixDocument check(
      String host, KeyRequest request, CpixDocument asked, CpixDocument answer) {
    return new EchoCheck(host, request, asked, answer).check();
  }

  private CpixDocument check() {
    requireEcho("CPIX@contentId", asked.contentId(), answer.contentId());
    if (asked.details().id() != null) {
      requireEcho("CPIX@id", asked.details().id(), answer.details().id());
    }
    requireEcho("CPIX@version", asked.version(), answer.version());
    if (!answer.keyPeriods().equals(asked.keyPeriods())) {
      throw invalid(
          asked.keyPeriods().isEmpty()
              ? "it has a ContentKeyPeriodList, the request has none"
              : "its ContentKeyPeriodList is not that of the request");
    }
    ReplacedKeyIds replaced = replacedKeyIds();
    List<ContentKey> keys = keys(replaced);
    List<DrmSignaling> systems =
        new SignalingCheck(host).check(asked.drmSystems(), replaced.all(), answer.drmSystems());
    List<UsageRule> rules = new ArrayList<>();
    for (UsageRule rule : request.rules()) {
      rules.add(rule.withKeyId(replaced.required(rule.keyId())));
    }
    return new CpixDocument(
        answer.contentId(), answer.version(), keys, List.of(), systems, List.of(), rules);
  }

  private void requireEcho(String what, @Nullable String sent, @Nullable String received) {
    if (!Objects.equals(sent, received)) {
      // What came back is not quoted: nobody knows what it is.
      throw invalid("%s is not \"%s\" as in the request".formatted(what, sent));
    }
  }

  /** The KID of the answer for each KID of the request, by the rules that name them. */
  private ReplacedKeyIds replacedKeyIds() {
    if (answer.usageRules().size() != asked.usageRules().size()) {
      throw invalid(
          "it has %d usage rules, the request has %d"
              .formatted(answer.usageRules().size(), asked.usageRules().size()));
    }
    ReplacedKeyIds replaced = new ReplacedKeyIds(host, request);
    if (asked.usageRules().isEmpty()) {
      replaced.put(asked.requestedKeys().get(0).id(), onlyKeyId());
    }
    for (UsageRule rule : asked.usageRules()) {
      replaced.put(rule.keyId(), answeringRule(rule).keyId());
    }
    replaced.requireOneToOne();
    return replaced;
  }

  /** Without rules there is one key, so it cannot be mistaken for another. */
  private KeyId onlyKeyId() {
    if (answer.contentKeys().size() + answer.requestedKeys().size() != 1) {
      throw invalid(
          "it has %d keys, the request has 1"
              .formatted(answer.contentKeys().size() + answer.requestedKeys().size()));
    }
    return answer.contentKeys().isEmpty()
        ? answer.requestedKeys().get(0).id()
        : answer.contentKeys().get(0).id();
  }

  private UsageRule answeringRule(UsageRule rule) {
    String type = rule.intendedTrackType();
    List<UsageRule> answering =
        answer.usageRules().stream().filter(r -> r.intendedTrackType().equals(type)).toList();
    if (answering.size() != 1) {
      throw invalid(
          "it has %d usage rules with intendedTrackType \"%s\", the request has 1"
              .formatted(answering.size(), type));
    }
    UsageRule received = answering.get(0);
    if (!received.usable()
        || received.filters().size() != rule.filters().size()
        || !new HashSet<>(received.filters()).equals(new HashSet<>(rule.filters()))) {
      throw invalid("the filters of the usage rule for \"%s\" were changed".formatted(type));
    }
    return received;
  }

  private List<ContentKey> keys(ReplacedKeyIds replaced) {
    AnswerKeys check = new AnswerKeys(host, answer, replaced::rulesOf);
    check.requireValues();
    check.requireNoOther(replaced);
    List<ContentKey> keys = new ArrayList<>();
    for (RequestedKey sent : asked.requestedKeys()) {
      ContentKey key = check.required(replaced.required(sent.id()));
      if (key.scheme() != sent.scheme()) {
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

package io.keymux.keyserver.speke;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
   *     of {@code request}, with filters that were not sent, for the KIDs of the answer
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
    if (!answer.keyPeriods().isEmpty()) {
      throw invalid("it has a ContentKeyPeriodList, the request has none");
    }
    Map<KeyId, KeyId> replaced = replacedKeyIds();
    List<ContentKey> keys = keys(replaced);
    List<DrmSignaling> systems =
        new SignalingCheck(host).check(asked.drmSystems(), replaced, answer.drmSystems());
    List<UsageRule> rules = new ArrayList<>();
    for (UsageRule rule : request.rules()) {
      rules.add(rule.withKeyId(replacement(replaced, rule.keyId())));
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
  private Map<KeyId, KeyId> replacedKeyIds() {
    if (answer.usageRules().size() != asked.usageRules().size()) {
      throw invalid(
          "it has %d usage rules, the request has %d"
              .formatted(answer.usageRules().size(), asked.usageRules().size()));
    }
    Map<KeyId, KeyId> replaced = new LinkedHashMap<>();
    if (asked.usageRules().isEmpty()) {
      replaced.put(asked.requestedKeys().get(0).id(), onlyKeyId());
    }
    for (UsageRule rule : asked.usageRules()) {
      KeyId received = answeringRule(rule).keyId();
      KeyId before = replaced.putIfAbsent(rule.keyId(), received);
      if (before != null && !before.equals(received)) {
        throw invalid(
            "KID %s was replaced by %s in one usage rule and by %s in another"
                .formatted(rule.keyId(), before, received));
      }
    }
    requireOneToOne(replaced);
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

  /** Otherwise one of the tracks would get the key of another. */
  private void requireOneToOne(Map<KeyId, KeyId> replaced) {
    Set<KeyId> received = new HashSet<>();
    replaced.forEach(
        (sent, kid) -> {
          if (!received.add(kid)) {
            throw invalid("two KIDs of the request became the same KID " + kid);
          }
          if (!kid.equals(sent) && replaced.containsKey(kid)) {
            throw invalid("KID %s was swapped for %s of another usage rule".formatted(sent, kid));
          }
        });
  }

  private List<ContentKey> keys(Map<KeyId, KeyId> replaced) {
    for (RequestedKey empty : answer.requestedKeys()) {
      throw invalid("ContentKey " + empty.id() + " has no value");
    }
    for (ContentKey key : answer.contentKeys()) {
      if (!replaced.containsValue(key.id())) {
        throw invalid("ContentKey " + key.id() + " was not asked for");
      }
    }
    List<ContentKey> keys = new ArrayList<>();
    for (RequestedKey sent : asked.requestedKeys()) {
      KeyId id = replacement(replaced, sent.id());
      ContentKey key =
          answer.contentKey(id).orElseThrow(() -> invalid("ContentKey " + id + " is missing"));
      requireUsable(sent, key);
      keys.stream()
          .filter(other -> other.value().equals(key.value()))
          .findFirst()
          .ifPresent(
              other -> {
                throw invalid("KIDs %s and %s have the same key".formatted(other.id(), id));
              });
      keys.add(key);
    }
    return keys;
  }

  private void requireUsable(RequestedKey sent, ContentKey key) {
    if (key.scheme() != sent.scheme()) {
      throw invalid("commonEncryptionScheme of ContentKey " + key.id() + " was changed");
    }
    byte[] value = key.value().reveal();
    try {
      if (Arrays.equals(value, new byte[value.length])) {
        throw invalid("the value of ContentKey " + key.id() + " is all zero");
      }
      Bytes iv = key.explicitIv();
      if (iv != null && Arrays.equals(value, iv.toArray())) {
        throw invalid(
            "explicitIV of ContentKey %s is the key itself, and the IV is public"
                .formatted(key.id()));
      }
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  private KeyId replacement(Map<KeyId, KeyId> replaced, KeyId sent) {
    KeyId received = replaced.get(sent);
    if (received == null) {
      throw new IllegalStateException("no usage rule names KID " + sent);
    }
    return received;
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}

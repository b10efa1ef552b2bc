package io.keymux.keyserver.drmtoday;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is put in: the producer's key for each stream type.
 *
 * @param byType in the order of the rules
 */
record IngestKeys(Map<String, ContentKey> byType) {

  /**
   * @param asked the KID of the request for each stream type
   * @param made the producer's answer to the same request
   * @throws KeyExchangeException with code {@code key-request-unsupported} if the producer's rules
   *     are not those of the request, one key would get two stream types, or FairPlay no IV, which
   *     its licence must carry
   */
  static IngestKeys of(
      String host, KeyRequest request, Map<String, KeyId> asked, CpixDocument made) {
    Map<String, ContentKey> byType = new LinkedHashMap<>();
    asked.forEach(
        (type, id) -> {
          ContentKey key = made(host, request, id, made);
          byType.forEach(
              (otherType, other) -> {
                if (other.id().equals(key.id())) {
                  throw unsupported(
                      host,
                      "stream types %s and %s would share KID %s"
                          .formatted(otherType, type, key.id()),
                      "Choose a key rule with one key, or make a key for each.");
                }
              });
          if (key.explicitIv() == null && request.systems().contains(DrmSystem.FAIRPLAY)) {
            throw unsupported(
                host,
                "the key of KID %s for FairPlay has no IV".formatted(key.id()),
                "Give the IV with the key, or for the job.");
          }
          byType.put(type, key);
        });
    return new IngestKeys(byType);
  }

  /** By rules that are in the order of the request, as all sources without a document have them. */
  private static ContentKey made(String host, KeyRequest request, KeyId asked, CpixDocument made) {
    if (!types(made.usageRules()).equals(types(request.rules()))) {
      throw unsupported(
          host,
          "the keys to put in come with rules for %s, the job has rules for %s"
              .formatted(types(made.usageRules()), types(request.rules())),
          "Give a seed or raw keys to make the keys with.");
    }
    Set<KeyId> answered = new LinkedHashSet<>();
    for (int i = 0; i < request.rules().size(); i++) {
      if (request.rules().get(i).keyId().equals(asked)) {
        answered.add(made.usageRules().get(i).keyId());
      }
    }
    if (answered.size() != 1) {
      throw unsupported(
          host,
          "KID %s of the job became the KIDs %s".formatted(asked, answered),
          "Make one key for each KID of the job.");
    }
    KeyId id = answered.iterator().next();
    return made.contentKey(id)
        .orElseThrow(() -> new IllegalStateException("no key was made for KID " + id));
  }

  private static List<String> types(List<UsageRule> rules) {
    return rules.stream().map(UsageRule::intendedTrackType).toList();
  }

  private static KeyExchangeException unsupported(String host, String what, String remedy) {
    return KeyExchangeException.unsupported(host, what, remedy);
  }
}

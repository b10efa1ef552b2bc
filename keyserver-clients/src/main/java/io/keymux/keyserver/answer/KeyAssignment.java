package io.keymux.keyserver.answer;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which key stands in for which asked KID, for sources that have keys but no document.
 *
 * @param keys the key of every KID of the request; one key may stand in for several
 */
public record KeyAssignment(Map<KeyId, ContentKey> keys) {

  /** The rules of the request with the KIDs of the keys, and each key once; in its key period. */
  public CpixDocument answer(KeyRequest request) {
    return answer(request, List.of());
  }

  /**
   * As {@link #answer(KeyRequest)}.
   *
   * @param signaling what the source gave; what it did not give is made by Keymux
   */
  public CpixDocument answer(KeyRequest request, List<DrmSignaling> signaling) {
    List<UsageRule> rules =
        request.rules().stream().map(rule -> rule.withKeyId(keyFor(rule).id())).toList();
    Map<KeyId, ContentKey> used = new LinkedHashMap<>();
    for (UsageRule rule : request.rules()) {
      ContentKey key = keyFor(rule);
      used.put(key.id(), key);
    }
    CpixDocument keysOnly =
        CpixDocument.ofKeys(request.contentId(), List.copyOf(used.values()), rules);
    CpixDocument answer =
        new CpixDocument(
            keysOnly.contentId(),
            keysOnly.version(),
            keysOnly.contentKeys(),
            List.of(),
            signaling,
            List.of(),
            rules);
    KeyPeriod period = request.keyPeriod();
    return period == null ? answer : answer.during(period);
  }

  private ContentKey keyFor(UsageRule rule) {
    ContentKey key = keys.get(rule.keyId());
    if (key == null) {
      throw new IllegalStateException("no key was assigned to KID " + rule.keyId());
    }
    return key;
  }
}

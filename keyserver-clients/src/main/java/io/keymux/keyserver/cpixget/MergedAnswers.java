package io.keymux.keyserver.cpixget;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One document of several answers for one key each.
 *
 * @param host of the key server, for messages
 */
record MergedAnswers(String host) {

  /**
   * @param answers each mapped to its part of the request
   * @throws KeyExchangeException with code {@code key-response-invalid} if a KID came twice
   */
  CpixDocument merge(List<CpixDocument> answers) {
    List<ContentKey> keys = new ArrayList<>();
    List<DrmSignaling> systems = new ArrayList<>();
    List<UsageRule> rules = new ArrayList<>();
    Set<KeyId> seen = new HashSet<>();
    for (CpixDocument answer : answers) {
      for (ContentKey key : answer.contentKeys()) {
        if (!seen.add(key.id())) {
          throw KeyExchangeException.invalidResponse(
              host,
              "KID %s came for usage rule \"%s\" and for another before"
                  .formatted(key.id(), answer.usageRules().get(0).intendedTrackType()));
        }
      }
      keys.addAll(answer.contentKeys());
      systems.addAll(answer.drmSystems());
      rules.addAll(answer.usageRules());
    }
    return new CpixDocument(null, null, keys, List.of(), systems, List.of(), rules);
  }
}

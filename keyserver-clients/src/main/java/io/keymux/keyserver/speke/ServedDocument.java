package io.keymux.keyserver.speke;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.List;

/**
 * Checks a document whose own usage rules say which track gets which key; those of the request are
 * not used. Its signalling comes out as MPDs and playlists need it.
 *
 * @param host of the key server, for messages
 * @param request what the packager wants
 */
public record ServedDocument(String host, KeyRequest request) {

  /**
   * @return the document, with a rule for all tracks if it has one key and none
   * @throws KeyExchangeException with code {@code key-response-invalid} if it is for another asset
   *     or scheme, a key has no value or a bad one, a rule is not usable, or nothing tells which of
   *     several keys is whose
   */
  public CpixDocument check(CpixDocument document) {
    if (document.contentId() != null && !document.contentId().equals(request.contentId())) {
      throw invalid("CPIX@contentId is not \"%s\"".formatted(request.contentId()));
    }
    AnswerKeys keys = new AnswerKeys(host, document, id -> "");
    keys.requireValues();
    for (ContentKey key : document.contentKeys()) {
      if (key.scheme() != null && key.scheme() != request.scheme()) {
        throw invalid(
            "commonEncryptionScheme of ContentKey %s is not %s"
                .formatted(key.id(), request.scheme().fourCc()));
      }
      ReplacedKeyIds.requireOrder(host, request, key.id());
    }
    keys.requireSound(document.contentKeys());
    return new CpixDocument(
        document.contentId(),
        document.version(),
        document.contentKeys(),
        List.of(),
        new MappedSignaling(host, request.scheme()).of(document),
        document.keyPeriods(),
        rules(document));
  }

  private List<UsageRule> rules(CpixDocument document) {
    for (UsageRule rule : document.usageRules()) {
      if (!rule.usable()) {
        throw invalid(
            "its usage rule for KID %s has a filter that Keymux does not know"
                .formatted(rule.keyId()));
      }
    }
    if (!document.usageRules().isEmpty()) {
      return document.usageRules();
    }
    if (document.contentKeys().size() != 1) {
      throw invalid(
          "it has %d keys and no usage rule that tells which is which"
              .formatted(document.contentKeys().size()));
    }
    return List.of(new UsageRule(document.contentKeys().get(0).id(), "", List.of()));
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}

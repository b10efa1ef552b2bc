package io.keymux.keyserver.speke;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request in the vendor's words, and its answer in ours again.
 *
 * @param host of the key server, for messages
 */
record DialectWords(String host, CpixDialect dialect) {

  /**
   * The request with the vendor's names of track types.
   *
   * @throws KeyExchangeException with code {@code key-request-unsupported} if the vendor has no
   *     such scheme or track type, one type would stand for two rules, or no place for the IV;
   *     {@code key-rotation-unsupported} if it has no key periods and the request names one
   */
  KeyRequest toVendor(KeyRequest request) {
    if (request.keyPeriod() != null && !dialect.keyPeriods()) {
      throw KeyExchangeException.rotationUnsupported(host, "a dialect of CPIX for one set of keys");
    }
    if (!dialect.schemes().contains(request.scheme())) {
      throw unsupported(
          "scheme %s is not one of %s"
              .formatted(
                  request.scheme().fourCc(),
                  dialect.schemes().stream().map(scheme -> scheme.fourCc()).toList()),
          "Choose another scheme.");
    }
    if (request.constantIv() != null && !dialect.cpix().isAtLeast(CpixVersion.V2_1)) {
      throw unsupported(
          "CPIX %s cannot say which IV is wanted".formatted(dialect.cpix().text()),
          "Leave the IV to the key server.");
    }
    if (dialect.rules() == CpixDialect.RulesSent.NONE) {
      return request;
    }
    List<UsageRule> rules = new ArrayList<>();
    Map<String, String> taken = new HashMap<>();
    for (UsageRule rule : request.rules()) {
      String name = dialect.trackTypes().name(host, rule);
      String other = taken.put(name, rule.intendedTrackType());
      if (other != null) {
        throw unsupported(
            "usage rules \"%s\" and \"%s\" would both have track type \"%s\""
                .formatted(other, rule.intendedTrackType(), name),
            "Choose a key rule with fewer keys, or other names in the profile.");
      }
      rules.add(new UsageRule(rule.keyId(), name, rule.filters(), rule.usable()));
    }
    return request.withRules(rules);
  }

  /**
   * The answer with the rules of {@code request}.
   *
   * @param mapped has a rule for each of the request, in its order
   * @throws KeyExchangeException with code {@code key-response-invalid} if a KID was replaced that
   *     the server must keep
   */
  CpixDocument toOurs(KeyRequest request, CpixDocument mapped) {
    List<UsageRule> rules = new ArrayList<>();
    for (int i = 0; i < request.rules().size(); i++) {
      UsageRule sent = request.rules().get(i);
      UsageRule received = mapped.usageRules().get(i);
      if (dialect.kids() == CpixDialect.KidPolicy.ECHO && !received.keyId().equals(sent.keyId())) {
        throw KeyExchangeException.invalidResponse(
            host,
            "KID %s of usage rule \"%s\" was replaced by %s, and this server must keep KIDs"
                .formatted(sent.keyId(), sent.intendedTrackType(), received.keyId()));
      }
      rules.add(sent.withKeyId(received.keyId()));
    }
    return new CpixDocument(
        mapped.contentId(),
        mapped.version(),
        mapped.contentKeys(),
        mapped.requestedKeys(),
        mapped.drmSystems(),
        mapped.keyPeriods(),
        rules,
        mapped.details());
  }

  private KeyExchangeException unsupported(String what, String remedy) {
    return KeyExchangeException.unsupported(host, what, remedy);
  }
}

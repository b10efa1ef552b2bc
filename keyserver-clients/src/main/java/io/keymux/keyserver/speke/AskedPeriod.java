package io.keymux.keyserver.speke;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import java.util.List;

/**
 * The key period of a request, in the document that asks for it.
 *
 * @see "AWS SPEKE v2.0, Live workflow request: ContentKeyPeriod has an id and an index"
 */
final class AskedPeriod {
  private AskedPeriod() {}

  /** The period list; empty if keys do not rotate. Offsets in the content are sent since 2.4. */
  static List<KeyPeriod> of(KeyRequest request, CpixVersion version) {
    KeyPeriod period = request.keyPeriod();
    if (period == null) {
      return List.of();
    }
    return List.of(
        version.isAtLeast(CpixVersion.V2_4)
            ? period
            : new KeyPeriod(period.id(), period.index(), null, null));
  }

  /** {@code rules}, for that period alone if there is one. */
  static List<UsageRule> naming(KeyRequest request, List<UsageRule> rules) {
    KeyPeriod period = request.keyPeriod();
    return period == null ? rules : rules.stream().map(rule -> rule.during(period)).toList();
  }
}

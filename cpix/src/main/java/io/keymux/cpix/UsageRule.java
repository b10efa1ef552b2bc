package io.keymux.cpix;

import io.keymux.cpix.Filter.KeyPeriodFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which tracks a key is for. Filters of one kind are alternatives, different kinds must all
 * match; a rule without filters matches every track.
 *
 * @param keyId the key that matching tracks get
 * @param intendedTrackType a label for people and for SPEKE ({@code SD}, {@code ALL}); empty if
 *     none; plain CPIX never matches by it
 * @param usable false if the document holds a filter that Keymux does not know; one such rule
 *     forbids all mapping
 * @see "DASH-IF CPIX, ContentKeyUsageRule Element"
 */
public record UsageRule(
    KeyId keyId, String intendedTrackType, List<Filter> filters, boolean usable) {
  public UsageRule {
    filters = List.copyOf(filters);
  }

  public UsageRule(KeyId keyId, String intendedTrackType, List<Filter> filters) {
    this(keyId, intendedTrackType, filters, true);
  }

  /** The same rule for another key. */
  public UsageRule withKeyId(KeyId other) {
    return new UsageRule(other, intendedTrackType, filters, usable);
  }

  /** The same rule for every key period. */
  public UsageRule always() {
    List<Filter> others =
        filters.stream().filter(filter -> !(filter instanceof KeyPeriodFilter)).toList();
    return new UsageRule(keyId, intendedTrackType, others, usable);
  }

  /** The same rule, and for one key period alone. The rule names none yet. */
  public UsageRule during(KeyPeriod period) {
    List<Filter> narrowed = new ArrayList<>(filters);
    // CPIX wants key period filters before all others.
    narrowed.add(0, new KeyPeriodFilter(period.id()));
    return new UsageRule(keyId, intendedTrackType, narrowed, usable);
  }
}

package io.keymux.cpix;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the packager asks a key server for: keys for the rules of one job, and signalling for its
 * DRM systems.
 *
 * @param contentId the asset, {@code [A-Za-z0-9_-]{1,128}}
 * @param scheme what the keys will be used with
 * @param systems at least one
 * @param rules at least one; a key server may replace the KIDs, never the rest; {@code
 *     intendedTrackType} is unique among them
 * @param constantIv 16 bytes that cbcs keys are wanted with, or null to leave the choice to the key
 *     server
 * @param keyPeriod the one key period that the keys are for, with an id and an index, or null if
 *     the keys do not rotate. {@code rules} do not name it
 */
public record KeyRequest(
    String contentId,
    ProtectionScheme scheme,
    Set<DrmSystem> systems,
    List<UsageRule> rules,
    @Nullable Bytes constantIv,
    @Nullable KeyPeriod keyPeriod) {

  public KeyRequest {
    systems = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(systems));
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("a key request needs a rule");
    }
    if (keyPeriod != null && (keyPeriod.id().isEmpty() || keyPeriod.index() == null)) {
      throw new IllegalArgumentException("a key period to ask for needs an id and an index");
    }
  }

  public KeyRequest(
      String contentId,
      ProtectionScheme scheme,
      Set<DrmSystem> systems,
      List<UsageRule> rules,
      @Nullable Bytes constantIv) {
    this(contentId, scheme, systems, rules, constantIv, null);
  }

  public KeyRequest(
      String contentId, ProtectionScheme scheme, Set<DrmSystem> systems, List<UsageRule> rules) {
    this(contentId, scheme, systems, rules, null, null);
  }

  /** The same request with other rules. */
  public KeyRequest withRules(List<UsageRule> others) {
    return new KeyRequest(contentId, scheme, systems, others, constantIv, keyPeriod);
  }

  /** The same request for one key period; see the component. */
  public KeyRequest during(KeyPeriod period) {
    return new KeyRequest(contentId, scheme, systems, rules, constantIv, period);
  }

  /** The distinct KIDs in the order of the rules. */
  public List<KeyId> keyIds() {
    return rules.stream().map(UsageRule::keyId).distinct().toList();
  }
}

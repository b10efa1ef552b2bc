package io.keymux.cpix;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the packager asks a key server for: keys for the rules of one job, and signalling for its
 * DRM systems.
 *
 * @param contentId the asset, {@code [A-Za-z0-9_-]{1,128}}
 * @param scheme what the keys will be used with
 * @param systems at least one
 * @param rules at least one; a key server may replace the KIDs, never the rest; {@code
 *     intendedTrackType} is unique among them
 */
public record KeyRequest(
    String contentId, ProtectionScheme scheme, Set<DrmSystem> systems, List<UsageRule> rules) {

  public KeyRequest {
    systems = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(systems));
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("a key request needs a rule");
    }
  }

  /** The distinct KIDs in the order of the rules. */
  public List<KeyId> keyIds() {
    return rules.stream().map(UsageRule::keyId).distinct().toList();
  }
}

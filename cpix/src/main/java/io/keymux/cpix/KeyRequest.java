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
 */
public record KeyRequest(
    String contentId,
    ProtectionScheme scheme,
    Set<DrmSystem> systems,
    List<UsageRule> rules,
    @Nullable Bytes constantIv) {

  public KeyRequest {
    systems = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(systems));
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("a key request needs a rule");
    }
  }

  public KeyRequest(
      String contentId, ProtectionScheme scheme, Set<DrmSystem> systems, List<UsageRule> rules) {
    this(contentId, scheme, systems, rules, null);
  }

  /** The distinct KIDs in the order of the rules. */
  public List<KeyId> keyIds() {
    return rules.stream().map(UsageRule::keyId).distinct().toList();
  }
}

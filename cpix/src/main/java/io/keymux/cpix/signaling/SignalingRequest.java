package io.keymux.cpix.signaling;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What signalling is wanted for.
 *
 * @param contentId the asset, for URI templates
 * @param scheme what the media is encrypted with; every system must have words for it
 * @param systems any number; always iterated in the order of {@link DrmSystem}
 * @param keys at least one, with distinct KIDs
 */
public record SignalingRequest(
    String contentId,
    ProtectionScheme scheme,
    Set<DrmSystem> systems,
    List<ContentKey> keys,
    SignalingSettings settings) {

  /**
   * @throws SignalingException with code {@code no-keys} if there is no key, {@code
   *     scheme-not-supported} if a system has no words for the scheme
   * @throws InvalidCpixException with code {@code cpix-duplicate-kid} if a KID stands twice
   */
  public SignalingRequest {
    EnumSet<DrmSystem> copy = EnumSet.noneOf(DrmSystem.class);
    copy.addAll(systems);
    systems = Collections.unmodifiableSet(copy);
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw SignalingException.noKeys();
    }
    Set<KeyId> seen = new HashSet<>();
    for (ContentKey key : keys) {
      if (!seen.add(key.id())) {
        throw new InvalidCpixException(
            "cpix-duplicate-kid",
            "KID " + key.id() + " stands twice in keys.",
            "A KID names one key: remove the others.");
      }
    }
    for (DrmSystem system : systems) {
      if (!system.signals(scheme)) {
        throw SignalingException.schemeNotSupported(system, scheme);
      }
    }
  }
}

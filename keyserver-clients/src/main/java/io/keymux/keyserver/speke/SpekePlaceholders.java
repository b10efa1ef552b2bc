package io.keymux.keyserver.speke;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a key server is asked to fill in.
 *
 * <p>ClearKey has no key-server side, so SPEKE servers are not asked for it and Keymux makes its
 * signalling. Only a job for ClearKey alone asks for the W3C common pssh, since a document without
 * any {@code DRMSystem} is not SPEKE.
 *
 * @see "AWS SPEKE v2.0, DRM system elements"
 */
final class SpekePlaceholders {
  private static final String PLACEHOLDER = "";

  private SpekePlaceholders() {}

  /** One for each key and system, empty. */
  static List<DrmSignaling> of(KeyRequest request) {
    List<DrmSignaling> placeholders = new ArrayList<>();
    for (KeyId id : request.keyIds()) {
      for (UUID system : systems(request)) {
        placeholders.add(placeholder(system, id));
      }
    }
    return placeholders;
  }

  private static List<UUID> systems(KeyRequest request) {
    List<UUID> systems =
        request.systems().stream()
            .filter(system -> system != DrmSystem.CLEARKEY)
            .map(DrmSystem::systemId)
            .toList();
    return systems.isEmpty() ? List.of(DrmSystem.COMMON_PSSH) : systems;
  }

  /**
   * FairPlay has no pssh and must not get ContentProtectionData; the common pssh is not for HLS.
   */
  private static DrmSignaling placeholder(UUID system, KeyId id) {
    boolean pssh = !system.equals(DrmSystem.FAIRPLAY.systemId());
    boolean hls = !system.equals(DrmSystem.COMMON_PSSH);
    return new DrmSignaling(
        system,
        id,
        pssh ? Bytes.empty() : null,
        pssh && hls ? PLACEHOLDER : null,
        hls ? PLACEHOLDER : null,
        hls ? PLACEHOLDER : null,
        null);
  }
}

package io.keymux.keyserver.speke;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SignalingDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
  private static final Set<UUID> HLS_ONLY =
      Set.of(
          DrmSystem.FAIRPLAY.systemId(),
          DrmSystem.AES_128.systemId(),
          DrmSystem.SAMPLE_AES.systemId());

  private static final String PLACEHOLDER = "";

  private SpekePlaceholders() {}

  /** As SPEKE has them. */
  static List<DrmSignaling> of(KeyRequest request) {
    return of(request, CpixDialect.of(SpekeVersion.V2_0));
  }

  /** One for each key and system, empty. */
  static List<DrmSignaling> of(KeyRequest request, CpixDialect dialect) {
    List<DrmSignaling> placeholders = new ArrayList<>();
    for (KeyId id : request.keyIds()) {
      for (UUID system : systems(request)) {
        placeholders.add(
            switch (dialect.placeholders()) {
              case NONE -> new DrmSignaling(system, id, null, null, null, null, null);
              case BY_SYSTEM -> placeholder(system, id, dialect.cpix(), false);
              case PSSH_ALWAYS -> placeholder(system, id, dialect.cpix(), true);
            });
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
   * FairPlay and plain keys have no pssh and must not get ContentProtectionData; the common pssh is
   * not for HLS. Before CPIX 2.1 the only word for HLS was the URI.
   */
  private static DrmSignaling placeholder(
      UUID system, KeyId id, CpixVersion cpix, boolean psshAlways) {
    boolean hlsOnly = HLS_ONLY.contains(system);
    boolean hls = !system.equals(DrmSystem.COMMON_PSSH);
    boolean lines = hls && cpix.isAtLeast(CpixVersion.V2_1);
    return new DrmSignaling(
        system,
        id,
        psshAlways || !hlsOnly ? Bytes.empty() : null,
        !hlsOnly && hls ? PLACEHOLDER : null,
        lines ? PLACEHOLDER : null,
        lines ? PLACEHOLDER : null,
        null,
        hlsOnly && !lines
            ? new SignalingDetails(null, null, null, PLACEHOLDER, null)
            : SignalingDetails.NONE);
  }
}

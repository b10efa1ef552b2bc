package io.keymux.api.keyserver.speke;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A value of {@code DRMSystem@systemId} that is answered. AES-128 of HLS has no registered
 * identifier; SPEKE v1 and v2 use different ones.
 *
 * @see "SPEKE API specification, DRM system elements"
 */
enum SpekeSystem {
  WIDEVINE(DrmSystem.WIDEVINE),
  PLAYREADY(DrmSystem.PLAYREADY),
  FAIRPLAY(DrmSystem.FAIRPLAY),
  CLEARKEY(DrmSystem.CLEARKEY),
  /** The W3C common pssh. */
  COMMON(DrmSystem.COMMON_PSSH.toString()),
  AES_128_V1(DrmSystem.HLS_AES_128_V1.toString()),
  AES_128(DrmSystem.AES_128.systemId().toString());

  private static final SpekeSystem[] ALL = values();

  private final @Nullable DrmSystem drm;
  private final String systemId;

  SpekeSystem(DrmSystem drm) {
    this.drm = drm;
    this.systemId = drm.systemId().toString();
  }

  SpekeSystem(String systemId) {
    this.drm = null;
    this.systemId = systemId;
  }

  /**
   * @throws SpekeRefusal if the text is no identifier of this version
   */
  static SpekeSystem of(String text, SpekeVersion version) {
    String id = text.toLowerCase(Locale.ROOT);
    for (SpekeSystem system : ALL) {
      if (system.isIn(version) && system.systemId.equals(id)) {
        return system;
      }
    }
    throw new SpekeRefusal("Unsupported DRMSystem@systemId");
  }

  private boolean isIn(SpekeVersion version) {
    return switch (this) {
      case AES_128_V1 -> version == SpekeVersion.V1;
      case AES_128, CLEARKEY -> version != SpekeVersion.V1;
      case WIDEVINE, PLAYREADY, FAIRPLAY, COMMON -> true;
    };
  }

  /** As Keymux knows it; null for the common pssh and AES-128. */
  @Nullable DrmSystem drm() {
    return drm;
  }

  /**
   * Whether keys with this scheme are of use to the system's devices.
   *
   * @param scheme null if it is none that is known
   */
  boolean takes(@Nullable KeyScheme scheme) {
    if (scheme == null) {
      return false;
    }
    if (this == AES_128) {
      return scheme == KeyScheme.CBC1 || scheme == KeyScheme.AES_128;
    }
    ProtectionScheme protection = scheme.protection();
    DrmSystem rules = drm == null ? DrmSystem.CLEARKEY : drm;
    return protection != null && rules.plays(protection);
  }

  /** The scheme of version 1, whose requests name none. */
  ProtectionScheme schemeOfV1() {
    return this == FAIRPLAY ? ProtectionScheme.CBCS : ProtectionScheme.CENC;
  }
}

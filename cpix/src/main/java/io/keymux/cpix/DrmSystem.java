package io.keymux.cpix;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A DRM system that Keymux makes signalling for. Others are carried through by their UUID.
 *
 * @see "DASH-IF, Content Protection identifiers"
 */
public enum DrmSystem {
  WIDEVINE("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"),
  PLAYREADY("9a04f079-9840-4286-ab92-e65be0885f95"),
  FAIRPLAY("94ce86fb-07ff-4f43-adb8-93d2fa968ca2"),
  /** W3C ClearKey: the DASH-IF descriptor in the MPD, the W3C common pssh in the media. */
  CLEARKEY("e2719d58-a985-b3c9-781a-b030af78d30e"),
  /**
   * HLS with whole segments encrypted, a DRM system by name only: players get the key from a URL.
   * The identifier is SPEKE's.
   *
   * @see "AWS SPEKE v2.0, DRM system elements"
   */
  AES_128("3ea8778f-7742-4bf9-b18b-e834b2acbd47"),
  /** HLS with the samples of MPEG-TS encrypted; likewise. */
  SAMPLE_AES("be58615b-19c4-4684-88b3-c8c57e99e957");

  /** The systems whose keys come with licences. */
  public static final Set<DrmSystem> LICENSED =
      Collections.unmodifiableSet(EnumSet.range(WIDEVINE, CLEARKEY));

  /** The system of the W3C common pssh, which belongs to every system and to none. */
  public static final UUID COMMON_PSSH = UUID.fromString("1077efec-c0b2-4d02-ace3-3c1e52e2fb4b");

  /** {@link #AES_128} in the words of SPEKE v1. */
  public static final UUID HLS_AES_128_V1 = UUID.fromString("81376844-f976-481e-a84e-cc25d39b0b33");

  private final UUID systemId;

  DrmSystem(String systemId) {
    this.systemId = UUID.fromString(systemId);
  }

  public UUID systemId() {
    return systemId;
  }

  /** The name on the command line and in the API: {@code widevine}, {@code aes-128}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static @Nullable DrmSystem of(UUID systemId) {
    for (DrmSystem system : values()) {
      if (system.systemId.equals(systemId)) {
        return system;
      }
    }
    return null;
  }

  /** Whether devices of this system can play {@code scheme} at all. */
  public boolean plays(ProtectionScheme scheme) {
    return switch (this) {
      case FAIRPLAY -> scheme == ProtectionScheme.CBCS;
      case WIDEVINE, PLAYREADY, CLEARKEY ->
          scheme == ProtectionScheme.CENC || scheme == ProtectionScheme.CBCS;
      case AES_128, SAMPLE_AES -> false;
    };
  }

  /**
   * Whether the system has words for {@code scheme}, also where hardly a device plays it: {@code
   * cens} and {@code cbc1} are for experts who know their players. SPEKE says {@code cbc1} for
   * AES-128.
   */
  public boolean signals(ProtectionScheme scheme) {
    return switch (this) {
      case WIDEVINE, PLAYREADY, CLEARKEY -> true;
      case FAIRPLAY, SAMPLE_AES -> scheme == ProtectionScheme.CBCS;
      case AES_128 -> scheme == ProtectionScheme.CBC1;
    };
  }

  /**
   * @param id {@code widevine}, {@code playready}, {@code fairplay}, {@code clearkey}, {@code
   *     aes-128} or {@code sample-aes}
   * @throws DrmException with code {@code unknown-drm-system} for anything else
   */
  public static DrmSystem ofId(String id) {
    for (DrmSystem system : values()) {
      if (system.id().equals(id)) {
        return system;
      }
    }
    throw new DrmException(
        DrmException.Blame.CALLER,
        "unknown-drm-system",
        "\"" + id + "\" is not a DRM system.",
        "Use widevine, playready, fairplay or clearkey, or aes-128 or sample-aes alone.");
  }
}

package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.box.PsshBox;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rest of the signalling around what a key server gave: old ones give a {@code pssh} box
 * or a URI, where MPDs and playlists need more.
 */
public final class GivenSignaling {
  private GivenSignaling() {}

  /**
   * Signalling for MPD and playlists around {@code pssh}.
   *
   * @param pssh a complete Widevine or PlayReady {@code pssh} box for {@code keyId}
   * @param contentProtection XML for the MPD, or null to make it of the box
   * @throws io.keymux.cpix.box.MalformedBoxException if it is no {@code pssh} box
   * @throws IllegalArgumentException for another system
   */
  public static DrmSignaling ofPssh(
      DrmSystem system,
      ProtectionScheme scheme,
      KeyId keyId,
      Bytes pssh,
      @Nullable String contentProtection) {
    Bytes data = PsshBox.parse(pssh.toArray()).data();
    HlsKeyAttributes hls;
    String mpd;
    switch (system) {
      case WIDEVINE -> {
        hls = HlsKeyAttributes.widevine(scheme, pssh, keyId);
        mpd = ContentProtectionXml.pssh(pssh);
      }
      case PLAYREADY -> {
        hls = HlsKeyAttributes.playReady(scheme, data);
        mpd = ContentProtectionXml.pssh(pssh) + ContentProtectionXml.pro(data);
      }
      default -> throw new IllegalArgumentException(system.id() + " has no pssh box of its own");
    }
    return new DrmSignaling(
        system.systemId(),
        keyId,
        pssh,
        contentProtection == null ? mpd : contentProtection,
        hls.mediaLine(),
        hls.multivariantLine(),
        null);
  }

  /** The same, but what it says in an MPD begins with its {@code pssh}, if it has one. */
  public static DrmSignaling withPsshInMpd(DrmSignaling signaling) {
    Bytes pssh = signaling.pssh();
    String said = signaling.contentProtection() == null ? "" : signaling.contentProtection();
    return pssh == null || pssh.isEmpty()
        ? signaling
        : new DrmSignaling(
            signaling.systemId(),
            signaling.keyId(),
            pssh,
            ContentProtectionXml.pssh(pssh) + said,
            signaling.hlsMedia(),
            signaling.hlsMultivariant(),
            signaling.smoothHeader(),
            signaling.details());
  }

  /**
   * Playlist lines for a FairPlay key.
   *
   * @param uri of the key, {@code skd://…}
   * @throws SignalingException with code {@code invalid-signaling-value} if it cannot stand in a
   *     playlist
   */
  public static DrmSignaling fairPlay(KeyId keyId, String uri) {
    return lines(DrmSystem.FAIRPLAY, keyId, HlsKeyAttributes.fairPlay(uri));
  }

  /**
   * Playlist lines for a key of AES-128, whose IV is the number of each segment.
   *
   * @param uri of the key, 16 raw bytes
   * @throws SignalingException with code {@code invalid-signaling-value} if it cannot stand in a
   *     playlist
   */
  public static DrmSignaling aes128(KeyId keyId, String uri) {
    HlsKeyAttributes hls = HlsKeyAttributes.plainKey(DrmSystem.AES_128, uri, null);
    return lines(DrmSystem.AES_128, keyId, hls);
  }

  /** Of a system that has nothing but playlists. */
  private static DrmSignaling lines(DrmSystem system, KeyId keyId, HlsKeyAttributes hls) {
    return new DrmSignaling(
        system.systemId(), keyId, null, null, hls.mediaLine(), hls.multivariantLine(), null);
  }
}

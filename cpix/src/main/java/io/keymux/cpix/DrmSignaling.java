package io.keymux.cpix;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What players must be told about one key in one DRM system: the content of a CPIX {@code
 * DRMSystem} element.
 *
 * <p>Null means absent. In a request an empty value is a placeholder: "please fill in".
 *
 * @param systemId the DRM system; may be one that {@link DrmSystem} does not list
 * @param pssh a complete {@code pssh} box, for moov and the MPD
 * @param contentProtection XML fragment for inside an MPD's {@code ContentProtection}; may have
 *     several roots; no text around them
 * @param hlsMedia a line for media playlists, {@code #EXT-X-KEY:…}, without line break
 * @param hlsMultivariant a line for the multivariant playlist, {@code #EXT-X-SESSION-KEY:…}
 * @param smoothHeader content of a Smooth Streaming {@code ProtectionHeader}: base64 text
 * @param details what else the element says
 * @see "DASH-IF CPIX, DRMSystem Element"
 */
public record DrmSignaling(
    UUID systemId,
    KeyId keyId,
    @Nullable Bytes pssh,
    @Nullable String contentProtection,
    @Nullable String hlsMedia,
    @Nullable String hlsMultivariant,
    @Nullable String smoothHeader,
    SignalingDetails details) {

  public DrmSignaling(
      UUID systemId,
      KeyId keyId,
      @Nullable Bytes pssh,
      @Nullable String contentProtection,
      @Nullable String hlsMedia,
      @Nullable String hlsMultivariant,
      @Nullable String smoothHeader) {
    this(
        systemId,
        keyId,
        pssh,
        contentProtection,
        hlsMedia,
        hlsMultivariant,
        smoothHeader,
        SignalingDetails.NONE);
  }

  /** The system, or null if it is not one that Keymux makes signalling for. */
  public @Nullable DrmSystem system() {
    return DrmSystem.of(systemId);
  }
}

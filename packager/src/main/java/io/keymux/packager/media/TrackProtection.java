package io.keymux.packager.media;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a track is protected, as manifests must say it.
 *
 * @param constantIv of cbcs, or the one that a playlist names, 16 bytes, else null
 * @param signaling one entry for each DRM system, in the job's order
 */
public record TrackProtection(
    KeyId keyId,
    ProtectionScheme scheme,
    @Nullable Bytes constantIv,
    List<DrmSignaling> signaling) {
  public TrackProtection {
    signaling = List.copyOf(signaling);
  }

  /** Whether segments are encrypted as files, and not the samples in them. */
  public boolean coversWholeSegments() {
    return signaling.stream().anyMatch(s -> s.system() == DrmSystem.AES_128);
  }
}

package io.keymux.packager.media;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import java.util.List;
import java.util.Objects;
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

  // Written out: what the compiler makes is linked at run time, which a short job would feel.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof TrackProtection that
            && keyId.equals(that.keyId)
            && scheme == that.scheme
            && Objects.equals(constantIv, that.constantIv)
            && signaling.equals(that.signaling));
  }

  @Override
  public int hashCode() {
    return keyId.hashCode();
  }
}

package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.ProtectionScheme;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one track is encrypted.
 *
 * @param firstIv 8-byte IV of sample 0 as a big-endian number, in counter mode; else 0
 * @param constantIv 16 bytes of cbcs, else null
 * @param cryptBlocks of the pattern; 0 if samples are protected whole
 * @param skipBlocks of the pattern
 * @param signaling one entry for each DRM system, in the job's order
 * @param rule which usage rule gave the key, for people
 */
public record TrackEncryption(
    ContentKey key,
    ProtectionScheme scheme,
    long firstIv,
    @Nullable Bytes constantIv,
    int cryptBlocks,
    int skipBlocks,
    List<DrmSignaling> signaling,
    String rule) {
  public TrackEncryption {
    signaling = List.copyOf(signaling);
  }

  /** Bytes of the IV that each sample carries in {@code senc}: 8, or 0 with a constant IV. */
  public int perSampleIvBytes() {
    return constantIv == null ? 8 : 0;
  }
}

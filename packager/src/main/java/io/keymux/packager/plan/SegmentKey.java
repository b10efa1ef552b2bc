package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.ProtectionScheme;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a segment is encrypted with where it is not Common Encryption: AES-128, and SAMPLE-AES of
 * MPEG-TS.
 *
 * @param scheme as key servers are told: cbc1 for AES-128, cbcs for SAMPLE-AES
 * @param explicitIv 16 bytes that the playlist names, or null if the IV is the segment's number
 * @param signaling one entry for each DRM system, in the job's order
 * @param rule which usage rule gave the key, for people
 */
public record SegmentKey(
    ContentKey key,
    ProtectionScheme scheme,
    @Nullable Bytes explicitIv,
    List<DrmSignaling> signaling,
    String rule) {
  private static final int IV_BYTES = 16;

  public SegmentKey {
    signaling = List.copyOf(signaling);
  }

  /** The same key with another IV for the playlist to name. */
  SegmentKey withIv(Bytes iv) {
    return new SegmentKey(key, scheme, iv, signaling, rule);
  }

  /**
   * The IV of a segment.
   *
   * @param number of the segment, which is its media sequence number
   * @see "RFC 8216, 5.2 IV for AES-128"
   */
  public Bytes iv(int number) {
    return explicitIv != null
        ? explicitIv
        : Bytes.copyOf(ByteBuffer.allocate(IV_BYTES).putLong(Long.BYTES, number).array());
  }
}

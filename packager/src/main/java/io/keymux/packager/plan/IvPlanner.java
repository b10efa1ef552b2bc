package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.KeyId;
import io.keymux.packager.encrypt.IvDerivation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands out IVs so that, under one key, no IV is used for two samples.
 *
 * @see "ISO/IEC 23001-7, 9.2 Initialization Vectors"
 */
final class IvPlanner {
  private final @Nullable Bytes wanted;
  private final Map<KeyId, List<long[]>> used = new HashMap<>();

  /**
   * @param wanted the job's IV, 8 or 16 bytes, or null
   */
  IvPlanner(@Nullable Bytes wanted) {
    this.wanted = wanted;
  }

  /**
   * The first 8-byte IV of a track in counter mode; its samples count up from it.
   *
   * <p>With an IV from the job, tracks that share a key follow each other; without, each starts
   * from a derived value, and another is taken if ranges meet.
   */
  long firstCounterIv(ContentKey key, TrackSource track) {
    List<long[]> ranges = used.computeIfAbsent(key.id(), id -> new ArrayList<>());
    int count = track.media().samples().count();
    Bytes start = wanted == null ? key.explicitIv() : wanted;
    long first = start == null ? 0 : ByteBuffer.wrap(start.toArray()).getLong();
    if (start != null) {
      first += ranges.stream().mapToLong(range -> range[1]).sum();
    } else {
      int attempt = 0;
      do {
        String purpose = track.track().name() + "/" + attempt++;
        Bytes derived = IvDerivation.derive(key, track.fingerprint(), purpose);
        first = ByteBuffer.wrap(derived.toArray()).getLong();
      } while (meetsAny(ranges, first, count));
    }
    ranges.add(new long[] {first, count});
    return first;
  }

  /**
   * The constant IV of a key: what comes with it, the job's, or a derived one.
   *
   * @throws DrmException with code {@code iv-conflict} if the key and the job name different ones:
   *     a FairPlay licence carries the key's, so the job's would play nowhere
   */
  Bytes constantIv(ContentKey key) {
    Bytes explicit = key.explicitIv();
    if (explicit != null && wanted != null && !explicit.equals(wanted)) {
      throw new DrmException(
          Blame.CALLER,
          "iv-conflict",
          "The key of KID %s comes with IV %s, the job wants %s."
              .formatted(key.id(), explicit.toHex(), wanted.toHex()),
          "Leave protection.iv out, or get the key without an IV.");
    }
    if (explicit != null) {
      return explicit;
    }
    return wanted == null ? IvDerivation.derive(key, Bytes.empty(), "constant iv") : wanted;
  }

  /** Modulo 2^64: two ranges meet if the start of one lies in the other. */
  static boolean meetsAny(List<long[]> ranges, long first, long count) {
    for (long[] range : ranges) {
      if (Long.compareUnsigned(first - range[0], range[1]) < 0
          || Long.compareUnsigned(range[0] - first, count) < 0) {
        return true;
      }
    }
    return false;
  }
}

package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.encrypt.IvDerivation;
import io.keymux.packager.encrypt.SampleIvs;
import io.keymux.packager.job.Protection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands out IVs so that, under one key, no IV is used for two samples.
 *
 * @see "ISO/IEC 23001-7, 9.2 Initialization Vectors"
 */
final class IvPlanner {
  private final @Nullable Bytes wanted;
  private final ProtectionScheme scheme;
  private final int ivBytes;

  /** By the key itself: a key server may give two KIDs for one key. */
  private final Map<SecretBytes, List<long[]>> used = new HashMap<>();

  private final Set<SecretBytes> started = new HashSet<>();
  private final Map<Use, SampleIvs> planned = new HashMap<>();

  /** A track may meet a key again in a later key period: its samples go on counting. */
  private record Use(KeyId key, String track) {
    // Written out: what the compiler makes is linked at run time, which a short job would feel.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Use use && key.equals(use.key) && track.equals(use.track);
    }

    @Override
    public int hashCode() {
      return 31 * key.hashCode() + track.hashCode();
    }
  }

  IvPlanner(Protection protection) {
    this(protection.iv(), protection.scheme(), protection.ivBytes());
  }

  /**
   * @param wanted the job's IV, 8 or 16 bytes, or null
   */
  IvPlanner(@Nullable Bytes wanted, ProtectionScheme scheme, int ivBytes) {
    this.wanted = wanted;
    this.scheme = scheme;
    this.ivBytes = ivBytes;
  }

  /** The IVs of one track's samples under one key. */
  SampleIvs ivs(ContentKey key, TrackSource track) {
    return planned.computeIfAbsent(
        new Use(key.id(), track.track().name()),
        use ->
            switch (scheme) {
              case CENC, CENS -> counting(key, track);
              case CBCS -> new SampleIvs.Constant(constantIv(key));
              case CBC1 -> scattered(key, track);
            });
  }

  private SampleIvs counting(ContentKey key, TrackSource track) {
    Bytes start = start(key);
    long first = firstCounterIv(key, track);
    boolean wide = ivBytes == 16;
    long low = wide && start != null ? ByteBuffer.wrap(start.toArray()).getLong(8) : 0;
    requireRoom(low, track);
    return new SampleIvs.Counting(first, low, ivBytes);
  }

  /** The block counter is the low half, and may not run over into what tells samples apart. */
  private static void requireRoom(long low, TrackSource track) {
    long blocks = track.media().samples().maxSize() / SampleIvs.BLOCK_BYTES + 1L;
    if (Long.compareUnsigned(low + blocks, low) < 0) {
      throw new DrmException(
          Blame.CALLER,
          "iv-overflow",
          "The low half of the IV leaves no room for the %d blocks of a sample of track %s."
              .formatted(blocks, track.track().name()),
          "Give an IV that ends with 16 zero digits, or none.");
    }
  }

  /**
   * The IV of sample 0, or its high half.
   *
   * <p>With an IV given, tracks that share a key follow each other from there on; without, each
   * starts from a derived value, and another is taken if ranges meet.
   */
  long firstCounterIv(ContentKey key, TrackSource track) {
    Bytes start = start(key);
    List<long[]> ranges = used.computeIfAbsent(key.value(), value -> new ArrayList<>());
    int count = track.media().samples().count();
    long first = start == null ? 0 : ByteBuffer.wrap(start.toArray()).getLong();
    if (start != null) {
      for (long[] range = met(ranges, first, count); range != null; ) {
        first = range[0] + range[1];
        range = met(ranges, first, count);
      }
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

  private SampleIvs scattered(ContentKey key, TrackSource track) {
    boolean firstTrack = started.add(key.value());
    return new SampleIvs.Scattered(
        IvDerivation.derive(key, track.fingerprint(), track.track().name()),
        firstTrack ? start(key) : null);
  }

  private @Nullable Bytes start(ContentKey key) {
    return wanted == null ? key.explicitIv() : wanted;
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

  static boolean meetsAny(List<long[]> ranges, long first, long count) {
    return met(ranges, first, count) != null;
  }

  /** Modulo 2^64: two ranges meet if the start of one lies in the other. */
  private static long @Nullable [] met(List<long[]> ranges, long first, long count) {
    for (long[] range : ranges) {
      if (Long.compareUnsigned(first - range[0], range[1]) < 0
          || Long.compareUnsigned(range[0] - first, count) < 0) {
        return range;
      }
    }
    return null;
  }
}

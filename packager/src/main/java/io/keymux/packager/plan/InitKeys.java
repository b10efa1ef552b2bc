package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.packager.encrypt.IvDerivation;
import io.keymux.packager.job.PackagingJob;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What init segments of AES-128 are encrypted with: the key of the first segment that is not clear,
 * and an IV that nothing else of the job has under that key.
 *
 * @see "RFC 8216, 4.3.2.5 EXT-X-MAP, which asks for an explicit IV"
 */
final class InitKeys {
  private final Map<KeyId, Set<Bytes>> used = new HashMap<>();

  private InitKeys(List<TrackPlan> tracks) {
    for (TrackPlan track : tracks) {
      for (@Nullable SegmentKey key : track.segmentKeys()) {
        if (key != null && key.explicitIv() != null) {
          used(key).add(key.explicitIv());
        }
      }
    }
  }

  /** The same tracks, with keys of init segments if the job asks for them. */
  static List<TrackPlan> plan(PackagingJob job, List<TrackPlan> tracks) {
    if (!job.packaging().encryptInit()) {
      return tracks;
    }
    InitKeys keys = new InitKeys(tracks);
    return tracks.stream().map(track -> track.withInitKey(keys.key(track))).toList();
  }

  private @Nullable SegmentKey key(TrackPlan track) {
    SegmentKey first = track.firstSegmentKey();
    return first == null ? null : first.withIv(iv(first, track));
  }

  private Bytes iv(SegmentKey key, TrackPlan track) {
    Bytes iv;
    int attempt = 0;
    do {
      String purpose = "init/" + track.name() + "/" + track.part() + "/" + attempt++;
      iv = IvDerivation.derive(key.key(), track.source().fingerprint(), purpose);
    } while (isNumber(iv) || !used(key).add(iv));
    return iv;
  }

  /** The IV of a segment may be its number, which never takes more than half of it. */
  static boolean isNumber(Bytes iv) {
    return ByteBuffer.wrap(iv.toArray()).getLong() == 0;
  }

  private Set<Bytes> used(SegmentKey key) {
    return used.computeIfAbsent(key.key().id(), id -> new HashSet<>());
  }
}

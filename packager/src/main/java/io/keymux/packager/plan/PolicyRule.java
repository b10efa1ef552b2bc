package io.keymux.packager.plan;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.TrackType;
import io.keymux.packager.media.HdcpLevel;
import io.keymux.packager.media.PlaybackPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which displays and players may show a track is a matter of its key: a licence cannot tell two
 * tracks of one key apart, so playlists must not either.
 *
 * @see "DASH-IF CPIX 2.4, HDCPData element; RFC 8216bis, 4.4.6.2 EXT-X-STREAM-INF"
 */
final class PolicyRule {
  private PolicyRule() {}

  /**
   * What the job says, and where it says nothing of HDCP, what comes with the key.
   *
   * @param key or null for a clear track
   */
  static PlaybackPolicy of(TrackSource source, @Nullable ContentKey key) {
    PlaybackPolicy said = source.details().policy();
    String level = key == null ? null : key.details().hdcpLevel();
    return said.hdcp() != null || level == null
        ? said
        : new PlaybackPolicy(HdcpLevel.ofId(level), said.allowedCpc());
  }

  /**
   * @throws DrmException with code {@code hdcp-level-conflict} if a job and a key name different
   *     levels or the key's is unknown, {@code policy-of-shared-key} if video tracks of one key
   *     have different policies
   */
  static void require(List<TrackPlan> tracks) {
    Map<KeyId, TrackPlan> firstOfKey = new HashMap<>();
    for (TrackPlan track : tracks) {
      ContentKey key = track.firstKey();
      if (key == null || track.source().media().type() != TrackType.VIDEO) {
        continue;
      }
      requireOneLevel(track, key);
      TrackPlan other = firstOfKey.putIfAbsent(key.id(), track);
      if (other != null && !other.details().policy().equals(track.details().policy())) {
        throw new DrmException(
            Blame.CALLER,
            "policy-of-shared-key",
            "Tracks %s and %s share KID %s, but not their HDCP level and allowed players."
                .formatted(other.name(), track.name(), key.id()),
            "Give them keys of their own, by --preset labels or preset1, or the same policy.");
      }
    }
  }

  private static void requireOneLevel(TrackPlan track, ContentKey key) {
    String level = key.details().hdcpLevel();
    HdcpLevel said = track.source().details().policy().hdcp();
    if (level == null) {
      return;
    }
    boolean known = false;
    for (HdcpLevel each : HdcpLevel.values()) {
      known |= each.id().equals(level);
    }
    if (!known || (said != null && !said.id().equals(level))) {
      throw new DrmException(
          said == null ? Blame.UPSTREAM : Blame.CALLER,
          "hdcp-level-conflict",
          "The key of KID %s comes with HDCP level %s, track %s says %s."
              .formatted(key.id(), level, track.name(), said == null ? "nothing" : said.id()),
          "Leave the level out of the job, or get the key with the right one: NONE, TYPE-0, TYPE-1.");
    }
  }
}

package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.signaling.GivenSignaling;
import io.keymux.packager.codec.SubsampleCodec;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.encrypt.Pattern;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.Protection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides how samples are encrypted, where it is samples that are. */
public final class TrackEncryptions {
  private TrackEncryptions() {}

  /** For each key period, for each track. */
  static List<List<@Nullable TrackEncryption>> plan(
      PackagingJob job, List<TrackSource> sources, List<KeyPeriodPlan> periods) {
    IvPlanner ivs = new IvPlanner(job.protection());
    KeySchedule schedule = job.protection().schedule();
    boolean inMedia = schedule.rotates() && schedule.change() == KeyChange.SAMPLE_GROUPS;
    List<ContentKey> all = new ArrayList<>();
    for (KeyPeriodPlan period : periods) {
      for (ContentKey key : period.distinctKeys()) {
        if (all.stream().noneMatch(other -> other.id().equals(key.id()))) {
          all.add(key);
        }
      }
    }
    List<List<@Nullable TrackEncryption>> result = new ArrayList<>();
    for (KeyPeriodPlan period : periods) {
      Map<KeyId, List<DrmSignaling>> own = signaling(job, period, period.distinctKeys());
      // A manifest without new periods is read once, so its boxes name the keys of all periods.
      Map<KeyId, List<DrmSignaling>> signaling = inMedia ? signaling(job, period, all) : own;
      List<@Nullable TrackEncryption> tracks = new ArrayList<>();
      for (int i = 0; i < sources.size(); i++) {
        ContentKey key = period.effective().get(i);
        if (key != null) {
          requireEncryptable(
              job.protection().scheme(), sources.get(i).codec(), sources.get(i).track().name());
        }
        tracks.add(
            key == null
                ? null
                : new TrackEncryption(
                    key,
                    job.protection().scheme(),
                    ivs.ivs(key, sources.get(i)),
                    pattern(job.protection(), sources.get(i).media().type()),
                    inMedia
                        ? namingAllKeys(signaling.getOrDefault(key.id(), List.of()))
                        : signaling.getOrDefault(key.id(), List.of()),
                    fragmentPssh(period, key, inMedia ? own : Map.of()),
                    period.keys().assignments().get(i).why()));
      }
      result.add(tracks);
    }
    return result;
  }

  private static Map<KeyId, List<DrmSignaling>> signaling(
      PackagingJob job, KeyPeriodPlan period, List<ContentKey> named) {
    return period.signaling(job.contentId(), job.protection(), named);
  }

  /** What segments must say themselves: keys that come later, and leaf keys. */
  private static List<Bytes> fragmentPssh(
      KeyPeriodPlan period, ContentKey key, Map<KeyId, List<DrmSignaling>> later) {
    List<Bytes> leaf = period.leafPssh(key.id());
    return leaf.isEmpty() ? TrackEncryption.pssh(later.getOrDefault(key.id(), List.of())) : leaf;
  }

  /**
   * @param name of the track, for messages
   * @throws DrmException with code {@code codec-unsupported} if the scheme needs more of its
   *     samples than is parsed
   */
  public static void requireEncryptable(ProtectionScheme scheme, TrackCodec codec, String name) {
    SubsampleCodec subsamples = codec.subsamples();
    if (scheme == ProtectionScheme.CBCS && subsamples != null && !subsamples.measuresHeaders()) {
      throw new DrmException(
          Blame.UNSUPPORTED,
          "codec-unsupported",
          "Track %s: %s cannot be encrypted in cbcs, as its slice headers are not parsed."
              .formatted(name, codec.codecs()),
          "Use cenc for it.");
    }
  }

  /**
   * ClearKey players take the keys to ask for from the MPD, and without a pssh there they know the
   * default KID alone.
   */
  private static List<DrmSignaling> namingAllKeys(List<DrmSignaling> signaling) {
    return signaling.stream()
        .map(
            s ->
                s.system() == DrmSystem.CLEARKEY && s.contentProtection() != null
                    ? GivenSignaling.withPsshInMpd(s)
                    : s)
        .toList();
  }

  /** Only video has a pattern, and only in the schemes that know one. */
  public static Pattern pattern(Protection protection, TrackType type) {
    return protection.scheme().pattern() && type == TrackType.VIDEO
        ? protection.pattern()
        : Pattern.NONE;
  }
}

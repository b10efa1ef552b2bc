package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.TrackKeys;
import io.keymux.cpix.TrackKeys.Assignment;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.signaling.SignalingGenerator;
import io.keymux.cpix.signaling.SignalingRequest;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is decided before the first media byte is read: keys, IVs, patterns, signalling,
 * segments. Nothing is decided later.
 *
 * @param tracks in the order of the output
 */
public record EncryptionPlan(PackagingJob job, List<TrackPlan> tracks) {
  private static final int CBCS_CRYPT_BLOCKS = 1;
  private static final int CBCS_SKIP_BLOCKS = 9;

  public EncryptionPlan {
    tracks = List.copyOf(tracks);
  }

  /**
   * Decides.
   *
   * @throws DrmException if a track has no key or several, a key was made for another scheme, or a
   *     DRM system cannot signal the scheme
   */
  public static EncryptionPlan of(
      PackagingJob job, List<TrackSource> sources, CpixDocument document) {
    TrackKeys keys =
        TrackKeys.resolve(
            document, sources.stream().map(TrackSource::track).toList(), job.clearTracks());
    IvPlanner ivs = new IvPlanner(job.iv());
    List<@Nullable ContentKey> effective = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      ContentKey key = keys.assignments().get(i).key();
      effective.add(key == null ? null : withConstantIv(job, key, ivs));
    }
    Map<KeyId, List<DrmSignaling>> signaling = signaling(job, document, effective);

    List<SegmentTimeline> timelines = SegmentTimeline.of(job.segmentSeconds(), sources);
    List<TrackPlan> tracks = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      ContentKey key = effective.get(i);
      tracks.add(
          new TrackPlan(
              sources.get(i),
              timelines.get(i).decodeTimeShift(),
              timelines.get(i).segments(),
              key == null
                  ? null
                  : encryption(
                      job,
                      key,
                      sources.get(i),
                      ivs,
                      signaling.getOrDefault(key.id(), List.of()),
                      keys.assignments().get(i))));
    }
    return new EncryptionPlan(job, tracks);
  }

  /** Names of all files that the job will publish, but for the report, in the order of tracks. */
  public List<String> files() {
    List<String> files = new ArrayList<>();
    for (TrackPlan track : tracks) {
      if (job.layout() == Layout.SINGLE_FILE) {
        files.add(track.name() + ".mp4");
        continue;
      }
      files.add(track.name() + "/init.mp4");
      for (int n = 1; n <= track.segments().size(); n++) {
        files.add(track.name() + "/seg-" + n + ".m4s");
      }
    }
    return files;
  }

  private static ContentKey withConstantIv(PackagingJob job, ContentKey key, IvPlanner ivs) {
    ProtectionScheme bound = key.scheme();
    if (bound != null && bound != job.scheme()) {
      throw new DrmException(
          Blame.CALLER,
          "scheme-mismatch",
          "KID %s is for %s, the job asks for %s."
              .formatted(key.id(), bound.fourCc(), job.scheme().fourCc()),
          "Set protection.scheme to the key's scheme, or get another key.");
    }
    Bytes iv = job.scheme().counterMode() ? key.explicitIv() : ivs.constantIv(key);
    return new ContentKey(key.id(), key.value(), job.scheme(), iv);
  }

  /** What the key server said goes before what we would say. */
  private static Map<KeyId, List<DrmSignaling>> signaling(
      PackagingJob job, CpixDocument document, List<@Nullable ContentKey> keys) {
    List<ContentKey> distinct = new ArrayList<>();
    for (ContentKey key : keys) {
      if (key != null && distinct.stream().noneMatch(k -> k.id().equals(key.id()))) {
        distinct.add(key);
      }
    }
    Map<KeyId, List<DrmSignaling>> result = new LinkedHashMap<>();
    if (distinct.isEmpty()) {
      return result;
    }
    List<DrmSignaling> made =
        SignalingGenerator.generate(
            new SignalingRequest(
                job.contentId(), job.scheme(), job.systems(), distinct, job.signaling()));
    for (ContentKey key : distinct) {
      Map<UUID, DrmSignaling> bySystem = new LinkedHashMap<>();
      made.stream()
          .filter(s -> s.keyId().equals(key.id()))
          .forEach(s -> bySystem.put(s.systemId(), s));
      for (DrmSignaling given : document.signaling(key.id())) {
        boolean wanted = given.system() == null || bySystem.containsKey(given.systemId());
        if (wanted) {
          bySystem.put(given.systemId(), given);
        }
      }
      result.put(key.id(), List.copyOf(bySystem.values()));
    }
    return result;
  }

  private static TrackEncryption encryption(
      PackagingJob job,
      ContentKey key,
      TrackSource source,
      IvPlanner ivs,
      List<DrmSignaling> signaling,
      Assignment assignment) {
    boolean pattern = job.scheme().pattern() && source.media().type() == TrackType.VIDEO;
    return new TrackEncryption(
        key,
        job.scheme(),
        job.scheme().counterMode() ? ivs.firstCounterIv(key, source) : 0,
        job.scheme().counterMode() ? null : key.explicitIv(),
        pattern ? CBCS_CRYPT_BLOCKS : 0,
        pattern ? CBCS_SKIP_BLOCKS : 0,
        signaling,
        assignment.why());
  }
}

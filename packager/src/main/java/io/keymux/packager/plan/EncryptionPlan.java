package io.keymux.packager.plan;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackKeys;
import io.keymux.packager.job.EncryptionKind;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is decided before the first media byte is read: keys, IVs, patterns, signalling,
 * segments. Nothing is decided later.
 *
 * @param keys which key each track has, one for each key period
 * @param tracks the first part of each track in the order of the output, then the second parts, and
 *     so on
 */
public record EncryptionPlan(PackagingJob job, List<TrackKeys> keys, List<TrackPlan> tracks) {
  public EncryptionPlan {
    keys = List.copyOf(keys);
    tracks = List.copyOf(tracks);
  }

  /**
   * Decides.
   *
   * @param timeline of the same job and sources
   * @param documents one for each key period of {@code timeline}
   * @throws DrmException if a track has no key or several, a key was made for another scheme, a KID
   *     has two keys, a DRM system cannot signal the scheme, or playlists would contradict a key
   */
  public static EncryptionPlan of(
      PackagingJob job,
      List<TrackSource> sources,
      KeyTimeline timeline,
      List<CpixDocument> documents) {
    List<Track> keyTracks = sources.stream().map(TrackSource::keyTrack).toList();
    List<KeyPeriodPlan> periods =
        documents.stream()
            .map(d -> KeyPeriodPlan.of(job.protection(), job.kind(), keyTracks, d))
            .toList();
    List<TrackKeys> keys = periods.stream().map(KeyPeriodPlan::keys).toList();
    RepeatedKeys.requireOneKeyForEachKid(keys);
    boolean common = job.kind() == EncryptionKind.COMMON_ENCRYPTION;
    List<List<@Nullable TrackEncryption>> encryptions =
        common ? TrackEncryptions.plan(job, sources, periods) : List.of();
    List<List<@Nullable SegmentKey>> segmentKeys = common ? List.of() : segmentKeys(job, periods);

    List<List<TrackPlan>> parts = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      parts.add(parts(job, sources.get(i), timeline, i, encryptions, segmentKeys));
    }
    List<TrackPlan> tracks = new ArrayList<>();
    int most = parts.stream().mapToInt(List::size).max().orElse(0);
    for (int part = 0; part < most; part++) {
      for (List<TrackPlan> track : parts) {
        if (part < track.size()) {
          tracks.add(track.get(part));
        }
      }
    }
    PolicyRule.require(tracks);
    return new EncryptionPlan(job, keys, InitKeys.plan(job, tracks));
  }

  /** One part, or one for each key period where these get init segments of their own. */
  private static List<TrackPlan> parts(
      PackagingJob job,
      TrackSource source,
      KeyTimeline timeline,
      int track,
      List<List<@Nullable TrackEncryption>> encryptions,
      List<List<@Nullable SegmentKey>> segmentKeys) {
    KeySchedule schedule = job.protection().schedule();
    boolean newParts =
        schedule.rotates()
            && schedule.change() == KeyChange.NEW_PERIODS
            && job.kind() == EncryptionKind.COMMON_ENCRYPTION;
    SegmentTimeline cut = timeline.tracks().get(track);
    List<Integer> periods = timeline.periods().get(track);
    List<TrackPlan> parts = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= periods.size(); i++) {
      boolean ends = i == periods.size() || (newParts && part(periods, i) != part(periods, first));
      if (ends) {
        parts.add(
            new TrackPlan(
                source,
                newParts ? part(periods, first) : 0,
                cut.decodeTimeShift(),
                first + 1,
                cut.segments().subList(first, i),
                spans(periods.subList(first, i), track, encryptions),
                segmentKeys(periods.subList(first, i), track, segmentKeys)));
        first = i;
      }
    }
    return parts;
  }

  /** The clear lead belongs to the first part. */
  private static int part(List<Integer> periods, int segment) {
    return Math.max(0, periods.get(segment));
  }

  private static List<ProtectionSpan> spans(
      List<Integer> periods, int track, List<List<@Nullable TrackEncryption>> encryptions) {
    if (encryptions.isEmpty()) {
      return List.of(new ProtectionSpan(0, periods.size(), null));
    }
    List<ProtectionSpan> spans = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= periods.size(); i++) {
      if (i == periods.size() || !periods.get(i).equals(periods.get(first))) {
        int period = periods.get(first);
        TrackEncryption encryption =
            period == KeySchedule.CLEAR ? null : encryptions.get(period).get(track);
        spans.add(new ProtectionSpan(first, i, encryption));
        first = i;
      }
    }
    return spans;
  }

  /** For each key period, for each track. */
  private static List<List<@Nullable SegmentKey>> segmentKeys(
      PackagingJob job, List<KeyPeriodPlan> periods) {
    List<List<@Nullable SegmentKey>> result = new ArrayList<>();
    for (KeyPeriodPlan period : periods) {
      Map<KeyId, List<DrmSignaling>> signaling =
          period.signaling(job.contentId(), job.protection(), period.distinctKeys());
      List<@Nullable SegmentKey> tracks = new ArrayList<>();
      for (int i = 0; i < period.effective().size(); i++) {
        ContentKey key = period.effective().get(i);
        List<DrmSignaling> said =
            key == null ? List.of() : signaling.getOrDefault(key.id(), List.of());
        tracks.add(
            key == null
                ? null
                : new SegmentKey(
                    key,
                    job.protection().scheme(),
                    PlaylistIv.of(key, said, key.explicitIv()),
                    said,
                    period.keys().assignments().get(i).why()));
      }
      result.add(tracks);
    }
    return result;
  }

  private static List<@Nullable SegmentKey> segmentKeys(
      List<Integer> periods, int track, List<List<@Nullable SegmentKey>> keys) {
    List<@Nullable SegmentKey> result = new ArrayList<>();
    if (!keys.isEmpty()) {
      for (int period : periods) {
        result.add(period == KeySchedule.CLEAR ? null : keys.get(period).get(track));
      }
    }
    return result;
  }

  /**
   * What is written as media: fragmented MP4, or MPEG-TS. Text is left out where no manifest would
   * name it.
   */
  public List<TrackPlan> media() {
    boolean ts = job.container() == Container.TS;
    boolean dash = job.formats().contains(OutputFormat.DASH);
    return tracks.stream().filter(t -> !(t.isText() && ts) && !(t.isWebVtt() && !dash)).toList();
  }

  /** A track's part. */
  public TrackPlan track(String name, int part) {
    return tracks.stream()
        .filter(t -> t.name().equals(name) && t.part() == part)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no part " + part));
  }

  /** What is written as WebVTT files. */
  public List<TrackPlan> webVtt() {
    return job.formats().contains(OutputFormat.HLS)
        ? tracks.stream().filter(TrackPlan::isWebVtt).toList()
        : List.of();
  }

  /**
   * Whether the job's names tell all files apart.
   *
   * @throws io.keymux.packager.job.InvalidJobException with code {@code output-names-collide} or
   *     {@code invalid-output-name} if not
   */
  public void requireNames() {
    if (job.names() != null && files().isEmpty()) {
      throw new IllegalStateException("a plan without files");
    }
  }

  /** Names of all files that the job will publish, but for the report, in the order of tracks. */
  public List<String> files() {
    NamedFiles named = job.names() == null ? null : new NamedFiles(job.names());
    List<String> files = new ArrayList<>();
    media().forEach(track -> files.addAll(TrackFiles.of(track, job, named)));
    for (TrackPlan track : webVtt()) {
      for (int i = 0; i < track.segments().size(); i++) {
        String usual = TrackFiles.webVtt(track, i);
        files.add(
            named == null ? usual : named.segment(track.name(), track.firstNumber() + i, usual));
      }
    }
    return List.copyOf(files);
  }
}

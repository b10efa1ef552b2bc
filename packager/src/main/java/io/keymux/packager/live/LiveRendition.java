package io.keymux.packager.live;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.encrypt.SampleIvs;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.Protection;
import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.plan.KeyPeriodPlan;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackEncryptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One init segment of a live stream and how its tracks are encrypted in each key period.
 *
 * @param firstTrack index of its first track among those of the stream
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record LiveRendition(
    byte[] clearInit,
    List<LiveTrack> tracks,
    int firstTrack,
    String contentId,
    Protection protection,
    double originSeconds,
    LiveKeys keys) {

  KeySchedule schedule() {
    return protection.schedule();
  }

  /** Whether IVs must be remembered from segment to segment. */
  boolean counts() {
    return protection.scheme().counterMode();
  }

  /**
   * The key period of a segment.
   *
   * @param seconds decode time of its first sample
   */
  int keyPeriod(double seconds) {
    return schedule().keyPeriod(seconds - originSeconds);
  }

  /** How each track is encrypted in a key period, null where it stays clear. */
  private List<@Nullable TrackEncryption> encryptions(int period) throws InterruptedException {
    if (period == KeySchedule.CLEAR) {
      return Collections.nCopies(tracks.size(), null);
    }
    KeyPeriodPlan plan = keys.period(period);
    Map<KeyId, List<DrmSignaling>> signaling =
        plan.signaling(contentId, protection, plan.distinctKeys());
    List<@Nullable TrackEncryption> encryptions = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      ContentKey key = plan.effective().get(firstTrack + i);
      List<DrmSignaling> said =
          key == null ? List.of() : signaling.getOrDefault(key.id(), List.of());
      encryptions.add(
          key == null
              ? null
              : new TrackEncryption(
                  key,
                  protection.scheme(),
                  ivs(key),
                  TrackEncryptions.pattern(protection, tracks.get(i).init().type()),
                  said,
                  fragmentPssh(plan, key, said),
                  plan.keys().assignments().get(firstTrack + i).why()));
    }
    return encryptions;
  }

  private SampleIvs ivs(ContentKey key) {
    return protection.scheme() == ProtectionScheme.CBCS
        ? new SampleIvs.Constant(Objects.requireNonNull(key.explicitIv(), "bound by the plan"))
        : new SampleIvs.Counting(0, 0, protection.ivBytes());
  }

  /** What the init segment cannot say, for it was made before. */
  private List<Bytes> fragmentPssh(KeyPeriodPlan plan, ContentKey key, List<DrmSignaling> said) {
    List<Bytes> leaf = plan.leafPssh(key.id());
    boolean inMedia = schedule().rotates() && schedule().change() == KeyChange.SAMPLE_GROUPS;
    return leaf.isEmpty() && inMedia ? TrackEncryption.pssh(said) : leaf;
  }

  /** The key period that the init segment of another one is of. */
  int initPeriod(int period) {
    return schedule().change() == KeyChange.SAMPLE_GROUPS ? 0 : Math.max(0, period);
  }

  byte[] init(int period) throws InterruptedException {
    return InitWriter.write(clearInit, tracks, encryptions(initPeriod(period)), partlyClear());
  }

  private boolean partlyClear() {
    return schedule().clearLeadSeconds() > 0;
  }

  SegmentPlan plan(int period) throws InterruptedException {
    List<@Nullable TrackEncryption> initial = encryptions(initPeriod(period));
    List<Integer> clearEntries = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      boolean entry = partlyClear() && initial.get(i) != null;
      clearEntries.add(entry ? tracks.get(i).init().entries() + 1 : 0);
    }
    List<@Nullable TrackEncryption> now = encryptions(period);
    return new SegmentPlan(period, now, initial, clearEntries, protection(now));
  }

  private static @Nullable TrackProtection protection(List<@Nullable TrackEncryption> tracks) {
    List<TrackEncryption> encrypted = tracks.stream().filter(Objects::nonNull).toList();
    if (encrypted.isEmpty()) {
      return null;
    }
    TrackEncryption first = encrypted.get(0);
    return new TrackProtection(
        first.key().id(),
        first.scheme(),
        first.ivs().constant(),
        encrypted.stream().flatMap(e -> e.signaling().stream()).distinct().toList());
  }
}

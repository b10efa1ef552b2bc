package io.keymux.packager.asset;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackKeys;
import io.keymux.cpix.TrackKeys.Assignment;
import io.keymux.cpix.UsageRule;
import io.keymux.packager.isobmff.ProtectionSetting;
import io.keymux.packager.job.Protection;
import io.keymux.packager.job.ResignJob;
import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.plan.KeyPeriodPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one key period of an asset: how they are asked for, and how they are signalled. The
 * KIDs are those that the media has.
 *
 * @param period null if keys do not rotate
 * @param settings how each encrypted track says that it is encrypted
 */
record AssetKeys(
    ResignJob job,
    ProtectionScheme scheme,
    @Nullable KeyPeriod period,
    Map<Track, ProtectionSetting> settings) {

  /**
   * What is asked of the key server, by the rule of the job or the first that gives tracks which
   * share a key one, and others others.
   */
  KeyRequest request() {
    List<KeyRule> candidates = new ArrayList<>();
    if (job.keyRule() != null) {
      candidates.add(job.keyRule());
    }
    candidates.addAll(List.of(KeyRule.PRESET0, KeyRule.PER_TYPE, KeyRule.PRESET1));
    for (KeyRule candidate : candidates) {
      List<UsageRule> rules = rules(candidate);
      if (rules != null) {
        return new KeyRequest(job.contentId(), scheme, job.systems(), rules, sharedIv(), period);
      }
    }
    throw new IllegalStateException("a key for each track fits always");
  }

  /** The rules with the KIDs of the media; null if they would give a track another key. */
  private @Nullable List<UsageRule> rules(KeyRule rule) {
    List<Track> tracks = List.copyOf(settings.keySet());
    Map<KeyId, KeyId> kids = new LinkedHashMap<>();
    List<UsageRule> rules;
    try {
      rules = rule.rules(job.contentId(), tracks, period);
      CpixDocument standIn = CpixDocument.ofKeys(job.contentId(), standIns(rules), rules);
      for (Assignment assigned :
          TrackKeys.resolve(standIn, tracks, Set.of(), rule, null).assignments()) {
        ProtectionSetting setting = settings.get(assigned.track());
        if (assigned.key() == null || setting == null) {
          return null;
        }
        KeyId before = kids.putIfAbsent(assigned.key().id(), setting.keyId());
        if (before != null && !before.equals(setting.keyId())) {
          return null;
        }
      }
    } catch (DrmException e) {
      // A rule that does not fit these tracks at all.
      return null;
    }
    return rules.stream()
        .map(asked -> asked.withKeyId(kids.getOrDefault(asked.keyId(), asked.keyId())))
        .toList();
  }

  private List<ContentKey> standIns(List<UsageRule> rules) {
    SecretBytes nothing = SecretBytes.copyOf(new byte[ContentKey.SIZE_BYTES]);
    return rules.stream()
        .map(UsageRule::keyId)
        .distinct()
        .map(id -> new ContentKey(id, nothing, scheme, null))
        .toList();
  }

  /** The constant IV of all tracks, which key servers of FairPlay must know. */
  private @Nullable Bytes sharedIv() {
    List<@Nullable Bytes> ivs = new ArrayList<>();
    settings.values().forEach(setting -> ivs.add(iv(setting)));
    return ivs.stream().allMatch(iv -> iv != null && iv.equals(ivs.get(0))) ? ivs.get(0) : null;
  }

  /** 16 bytes, as playlists and licences have it. */
  private static @Nullable Bytes iv(ProtectionSetting setting) {
    Bytes iv = setting.constantIv();
    return iv == null || iv.size() == 16 ? iv : Bytes.copyOf(Arrays.copyOf(iv.toArray(), 16));
  }

  /**
   * How each key is signalled, for each way in which init segments use it: two tracks may share a
   * key and have IVs of their own.
   *
   * @param document what the key server answered
   * @param used by init segments; those of keys that are not of this period are passed over
   * @throws DrmException with code {@code asset-key-missing} if it lacks a KID of the media; {@code
   *     asset-iv-differs} if FairPlay licences would bring another IV; as {@link
   *     KeyPeriodPlan#signaling}
   */
  Map<ProtectionSetting, TrackProtection> protections(
      CpixDocument document, Set<ProtectionSetting> used) {
    Map<KeyId, ContentKey> keys = new LinkedHashMap<>();
    settings.forEach(
        (track, setting) -> keys.putIfAbsent(setting.keyId(), key(track, setting, document)));
    Protection protection = Protection.of(job.systems(), scheme).with(job.signaling());
    Map<ProtectionSetting, TrackProtection> protections = new LinkedHashMap<>();
    for (ProtectionSetting setting : used) {
      ContentKey key = keys.get(setting.keyId());
      if (key != null) {
        Bytes iv = iv(setting);
        ContentKey bound = new ContentKey(key.id(), key.value(), scheme, iv, key.details());
        List<ContentKey> named = new ArrayList<>(keys.values());
        named.replaceAll(other -> other.id().equals(key.id()) ? bound : other);
        List<DrmSignaling> signaling =
            new KeyPeriodPlan(document, new TrackKeys(List.of()), List.of(bound))
                .signaling(job.contentId(), protection, named)
                .getOrDefault(key.id(), List.of());
        protections.put(setting, new TrackProtection(key.id(), scheme, iv, signaling));
      }
    }
    return protections;
  }

  private ContentKey key(Track track, ProtectionSetting setting, CpixDocument document) {
    ContentKey found =
        document
            .contentKey(setting.keyId())
            .orElseThrow(
                () ->
                    new DrmException(
                        Blame.UPSTREAM,
                        "asset-key-missing",
                        "Track %s is encrypted with KID %s, but the answer has the KIDs %s."
                            .formatted(
                                track.name(),
                                setting.keyId(),
                                document.contentKeys().stream().map(ContentKey::id).toList()),
                        "Ask the key server that the asset's keys come from, with the content id"
                            + " that it was packaged with; or give the keys with --key or --cpix."));
    Bytes iv = iv(setting);
    boolean fairPlay = job.systems().contains(DrmSystem.FAIRPLAY);
    if (fairPlay && found.explicitIv() != null && !Objects.equals(found.explicitIv(), iv)) {
      throw new DrmException(
          Blame.UPSTREAM,
          "asset-iv-differs",
          "The key server has another IV for KID %s than the media of track %s: with it, FairPlay"
                  .formatted(setting.keyId(), track.name())
              + " would decrypt wrongly.",
          "Package the asset anew with --source-keys, or leave fairplay out.");
    }
    return found;
  }
}

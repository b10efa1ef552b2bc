package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackKeys;
import io.keymux.cpix.signaling.SignalingGenerator;
import io.keymux.cpix.signaling.SignalingRequest;
import io.keymux.packager.job.EncryptionKind;
import io.keymux.packager.job.Protection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one key period, one for each track, ready to be signalled.
 *
 * @param keys the resolution, one assignment for each track
 * @param effective for each track its key with the scheme and the IV of the job; null if the track
 *     stays clear
 */
public record KeyPeriodPlan(
    CpixDocument document, TrackKeys keys, List<@Nullable ContentKey> effective) {

  /**
   * What is asked of the key server for one period.
   *
   * @param tracks those that are encrypted
   * @param period or null if keys do not rotate
   */
  public static KeyRequest request(
      String contentId, Protection protection, List<Track> tracks, @Nullable KeyPeriod period) {
    return new KeyRequest(
        contentId,
        protection.scheme(),
        protection.systems(),
        protection.keyRule().rules(contentId, tracks, period),
        protection.scheme() == ProtectionScheme.CBCS ? protection.iv() : null,
        period);
  }

  /**
   * Resolves the keys of one period.
   *
   * @param tracks as key rules see them
   * @throws DrmException if a track has no key or several, or a key was made for another scheme
   */
  public static KeyPeriodPlan of(
      Protection protection, EncryptionKind kind, List<Track> tracks, CpixDocument document) {
    TrackKeys keys =
        TrackKeys.resolve(document, tracks, protection.clearTracks(), protection.keyRule(), null);
    IvPlanner ivs = new IvPlanner(protection);
    List<@Nullable ContentKey> effective = new ArrayList<>();
    for (TrackKeys.Assignment assignment : keys.assignments()) {
      ContentKey key = assignment.key();
      effective.add(key == null ? null : bound(protection, kind, key, ivs));
    }
    return new KeyPeriodPlan(document, keys, effective);
  }

  private static ContentKey bound(
      Protection protection, EncryptionKind kind, ContentKey key, IvPlanner ivs) {
    ProtectionScheme scheme = protection.scheme();
    ProtectionScheme bound = key.scheme();
    if (bound != null && bound != scheme) {
      throw new DrmException(
          Blame.CALLER,
          "scheme-mismatch",
          "KID %s is for %s, the job asks for %s."
              .formatted(key.id(), bound.fourCc(), scheme.fourCc()),
          "Set protection.scheme to the key's scheme, or get another key.");
    }
    Bytes iv =
        switch (kind) {
          // One IV for all segments would show which start alike; a number for each does not.
          case SEGMENTS -> protection.iv();
          case TS_SAMPLES -> ivs.constantIv(key);
          case COMMON_ENCRYPTION ->
              scheme == ProtectionScheme.CBCS ? ivs.constantIv(key) : key.explicitIv();
        };
    return new ContentKey(key.id(), key.value(), scheme, iv, key.details());
  }

  /** The keys that tracks use, each once. */
  public List<ContentKey> distinctKeys() {
    Map<KeyId, ContentKey> distinct = new LinkedHashMap<>();
    for (ContentKey key : effective) {
      if (key != null) {
        distinct.putIfAbsent(key.id(), key);
      }
    }
    return List.copyOf(distinct.values());
  }

  /**
   * Signalling of this period's keys. What the key server said goes before what we would say. A
   * leaf key has that of its root.
   *
   * @param contentId of the asset
   * @param named keys that {@code pssh} boxes name, those of this period among them
   * @throws DrmException with code {@code leaf-key-not-signalled} if the document does not signal a
   *     root for a DRM system of the job
   */
  public Map<KeyId, List<DrmSignaling>> signaling(
      String contentId, Protection protection, List<ContentKey> named) {
    Map<KeyId, List<DrmSignaling>> result = new LinkedHashMap<>();
    LeafSignaling leaves = new LeafSignaling(document, keys);
    List<ContentKey> alone = named.stream().filter(key -> leaves.root(key.id()) == null).toList();
    List<DrmSignaling> made = alone.isEmpty() ? List.of() : made(contentId, protection, alone);
    for (ContentKey key : distinctKeys()) {
      result.put(
          key.id(),
          leaves.root(key.id()) == null
              ? signaling(key.id(), made)
              : leaves.ofRoot(key.id(), protection.systems()));
    }
    return result;
  }

  /** The {@code pssh} boxes that segments of a leaf key bring; none for other keys. */
  public List<Bytes> leafPssh(KeyId key) {
    return new LeafSignaling(document, keys).pssh(key);
  }

  private static List<DrmSignaling> made(
      String contentId, Protection protection, List<ContentKey> named) {
    return SignalingGenerator.generate(
        new SignalingRequest(
            contentId, protection.scheme(), protection.systems(), named, protection.signaling()));
  }

  private List<DrmSignaling> signaling(KeyId key, List<DrmSignaling> made) {
    Map<UUID, DrmSignaling> bySystem = new LinkedHashMap<>();
    made.stream().filter(s -> s.keyId().equals(key)).forEach(s -> bySystem.put(s.systemId(), s));
    for (DrmSignaling given : document.signaling(key)) {
      boolean wanted = given.system() == null || bySystem.containsKey(given.systemId());
      if (wanted) {
        bySystem.put(given.systemId(), given);
      }
    }
    return List.copyOf(bySystem.values());
  }
}

package io.keymux.keyserver.widevine;

import io.keymux.cpix.Bytes;
import io.keymux.keyserver.answer.TrackTypeNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has agreed with its key server.
 *
 * @param policy the name of a policy; often empty
 * @param groupId of content with a common entitlement, or null
 * @param drmTypes what to get signalling for: {@code WIDEVINE}, with some servers {@code PLAYREADY}
 * @param periods null for keys that stay
 */
public record WidevineOptions(
    WidevineSigner signer,
    WidevineVerifier verifier,
    String policy,
    @Nullable Bytes groupId,
    List<String> drmTypes,
    TrackTypeNames trackTypes,
    ContentIdForm contentIdForm,
    @Nullable CryptoPeriods periods) {
  private static final Set<String> DRM_TYPES = Set.of("WIDEVINE", "PLAYREADY", "FAIRPLAY");

  /** The track types of the interface. */
  public static final TrackTypeNames TRACK_TYPES =
      new TrackTypeNames(
          Map.of(), new LinkedHashSet<>(List.of("SD", "HD", "UHD1", "UHD2", "AUDIO")));

  /** No signature, no policy, Widevine, {@link #TRACK_TYPES}, keys that stay. */
  public static final WidevineOptions DEFAULT =
      new WidevineOptions(
          WidevineSigner.none(),
          WidevineVerifier.none(),
          "",
          null,
          List.of("WIDEVINE"),
          TRACK_TYPES,
          ContentIdForm.TEXT,
          null);

  /**
   * @throws IllegalArgumentException if there is no DRM type, or one that the interface lacks
   */
  public WidevineOptions {
    drmTypes = List.copyOf(drmTypes);
    if (drmTypes.isEmpty() || !DRM_TYPES.containsAll(drmTypes)) {
      throw new IllegalArgumentException("DRM types are some of " + DRM_TYPES);
    }
  }

  public WidevineOptions withSigner(WidevineSigner other) {
    return new WidevineOptions(
        other, verifier, policy, groupId, drmTypes, trackTypes, contentIdForm, periods);
  }

  public WidevineOptions withVerifier(WidevineVerifier other) {
    return new WidevineOptions(
        signer, other, policy, groupId, drmTypes, trackTypes, contentIdForm, periods);
  }

  public WidevineOptions withPolicy(String other) {
    return new WidevineOptions(
        signer, verifier, other, groupId, drmTypes, trackTypes, contentIdForm, periods);
  }

  public WidevineOptions withGroupId(@Nullable Bytes other) {
    return new WidevineOptions(
        signer, verifier, policy, other, drmTypes, trackTypes, contentIdForm, periods);
  }

  public WidevineOptions withDrmTypes(List<String> others) {
    return new WidevineOptions(
        signer, verifier, policy, groupId, others, trackTypes, contentIdForm, periods);
  }

  public WidevineOptions withTrackTypes(TrackTypeNames others) {
    return new WidevineOptions(
        signer, verifier, policy, groupId, drmTypes, others, contentIdForm, periods);
  }

  public WidevineOptions withContentIdForm(ContentIdForm other) {
    return new WidevineOptions(
        signer, verifier, policy, groupId, drmTypes, trackTypes, other, periods);
  }

  public WidevineOptions withPeriods(@Nullable CryptoPeriods others) {
    return new WidevineOptions(
        signer, verifier, policy, groupId, drmTypes, trackTypes, contentIdForm, others);
  }
}

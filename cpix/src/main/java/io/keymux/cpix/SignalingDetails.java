package io.keymux.cpix;

import org.jspecify.annotations.Nullable;

/**
 * What a {@code DRMSystem} element says beside the signalling that players get. Null means absent.
 *
 * @param name {@code ContentProtection@value} of the MPD
 * @param robustness {@code ContentProtection@robustness} of the MPD
 * @param hlsAllowedCpc a value for {@code ALLOWED-CPC} of HLS variants
 * @param uriExtXKey the key's URI in documents before 2.4, which have no {@code HLSSignalingData}
 * @param hdsSignaling a {@code drmAdditionalHeader} element of HDS, before 2.4
 * @see "DASH-IF CPIX 2.4, DRMSystem element"
 * @see "DASH-IF CPIX 2.3, URIExtXKey and HDSSignalingData elements"
 */
public record SignalingDetails(
    @Nullable String name,
    @Nullable String robustness,
    @Nullable String hlsAllowedCpc,
    @Nullable String uriExtXKey,
    @Nullable String hdsSignaling) {
  public static final SignalingDetails NONE = new SignalingDetails(null, null, null, null, null);
}

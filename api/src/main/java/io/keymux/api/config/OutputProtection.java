package io.keymux.api.config;

import io.keymux.cpix.DrmSystem;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of a track type may be used, as the key server tells SPEKE v2.1 clients.
 *
 * @param hdcpLevel HDCP-LEVEL of HLS variants: {@code NONE}, {@code TYPE-0} or {@code TYPE-1}
 * @param hdcpOutputProtection an XML fragment for the MPD
 * @param robustness for the MPD's {@code ContentProtection@robustness}, for each system
 * @param hlsAllowedCpc for ALLOWED-CPC of HLS variants, for each system
 * @see "DASH-IF CPIX 2.4, ContentKey and DRMSystem elements"
 */
public record OutputProtection(
    @Nullable String hdcpLevel,
    @Nullable String hdcpOutputProtection,
    Map<DrmSystem, String> robustness,
    Map<DrmSystem, String> hlsAllowedCpc) {
  public OutputProtection {
    robustness = copy(robustness);
    hlsAllowedCpc = copy(hlsAllowedCpc);
  }

  private static Map<DrmSystem, String> copy(Map<DrmSystem, String> map) {
    EnumMap<DrmSystem, String> copy = new EnumMap<>(DrmSystem.class);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }
}

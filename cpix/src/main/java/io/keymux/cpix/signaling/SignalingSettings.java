package io.keymux.cpix.signaling;

import io.keymux.cpix.DrmSystem;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What signalling may say beyond keys and scheme. All of it is optional.
 *
 * @param widevineProvider the {@code provider} of Widevine data, or null
 * @param widevineContentId the {@code content_id} of Widevine data, written as UTF-8, or null
 * @param licenseUrls where players get licences: the LA_URL of PlayReady, the {@code dashif:Laurl}
 *     of Widevine and ClearKey in the MPD. FairPlay signalling has no place for one
 * @param fairPlayUri template of the FairPlay key URI; starts with {@code skd://}
 * @param keyUri template of the URI that answers with the 16 raw bytes of a ClearKey key in HLS, or
 *     null for no such line
 */
public record SignalingSettings(
    @Nullable String widevineProvider,
    @Nullable String widevineContentId,
    Map<DrmSystem, String> licenseUrls,
    String fairPlayUri,
    @Nullable String keyUri) {
  private static final String SKD = "skd://";

  /** Nothing optional, and {@code skd://{kid}} for FairPlay. */
  public static final SignalingSettings DEFAULT =
      new SignalingSettings(null, null, Map.of(), SKD + "{kid}", null);

  /**
   * @throws SignalingException with code {@code invalid-uri-template} if {@code fairPlayUri} does
   *     not start with {@code skd://}
   */
  public SignalingSettings {
    EnumMap<DrmSystem, String> copy = new EnumMap<>(DrmSystem.class);
    copy.putAll(licenseUrls);
    licenseUrls = Collections.unmodifiableMap(copy);
    if (!fairPlayUri.startsWith(SKD)) {
      throw SignalingException.invalidTemplate("fairPlayUri", "does not start with skd://");
    }
  }

  public SignalingSettings withWidevine(@Nullable String provider, @Nullable String contentId) {
    return new SignalingSettings(provider, contentId, licenseUrls, fairPlayUri, keyUri);
  }

  public SignalingSettings withLicenseUrl(DrmSystem system, String url) {
    EnumMap<DrmSystem, String> urls = new EnumMap<>(DrmSystem.class);
    urls.putAll(licenseUrls);
    urls.put(system, url);
    return new SignalingSettings(widevineProvider, widevineContentId, urls, fairPlayUri, keyUri);
  }

  public SignalingSettings withFairPlayUri(String template) {
    return new SignalingSettings(
        widevineProvider, widevineContentId, licenseUrls, template, keyUri);
  }

  public SignalingSettings withKeyUri(@Nullable String template) {
    return new SignalingSettings(
        widevineProvider, widevineContentId, licenseUrls, fairPlayUri, template);
  }
}

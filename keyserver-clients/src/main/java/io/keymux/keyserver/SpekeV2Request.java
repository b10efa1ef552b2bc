package io.keymux.keyserver;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.UsageRule;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes a key request as a SPEKE v2.0 document: keys without values, placeholders to be filled, an
 * encryption contract of video and audio filters.
 *
 * <p>ClearKey has no key-server side, so SPEKE servers are not asked for it and Keymux makes its
 * signalling. Only a job for ClearKey alone asks for the W3C common pssh, since a document without
 * any {@code DRMSystem} is not SPEKE.
 *
 * @see "AWS SPEKE v2.0, Encryption contract; DRM system elements"
 */
final class SpekeV2Request {
  static final String CPIX_VERSION = "2.3";

  private static final String PLACEHOLDER = "";

  private SpekeV2Request() {}

  static CpixDocument of(KeyRequest request) {
    List<RequestedKey> keys = new ArrayList<>();
    List<DrmSignaling> placeholders = new ArrayList<>();
    for (KeyId id : request.keyIds()) {
      keys.add(new RequestedKey(id, request.scheme(), request.constantIv()));
      for (UUID system : systems(request)) {
        placeholders.add(placeholder(system, id));
      }
    }
    return new CpixDocument(
        request.contentId(),
        CPIX_VERSION,
        List.of(),
        keys,
        placeholders,
        List.of(),
        request.rules().stream().map(SpekeV2Request::contract).toList());
  }

  private static List<UUID> systems(KeyRequest request) {
    List<UUID> systems =
        request.systems().stream()
            .filter(system -> system != DrmSystem.CLEARKEY)
            .map(DrmSystem::systemId)
            .toList();
    return systems.isEmpty() ? List.of(DrmSystem.COMMON_PSSH) : systems;
  }

  /**
   * FairPlay has no pssh and must not get ContentProtectionData; the common pssh is not for HLS.
   */
  private static DrmSignaling placeholder(UUID system, KeyId id) {
    boolean pssh = !system.equals(DrmSystem.FAIRPLAY.systemId());
    boolean hls = !system.equals(DrmSystem.COMMON_PSSH);
    return new DrmSignaling(
        system,
        id,
        pssh ? Bytes.empty() : null,
        pssh && hls ? PLACEHOLDER : null,
        hls ? PLACEHOLDER : null,
        hls ? PLACEHOLDER : null,
        null);
  }

  /**
   * SPEKE knows video and audio filters only, and of those not wcg. What is dropped here is put
   * back after the answer: it narrows which tracks a key is for, not which key is asked for.
   */
  private static UsageRule contract(UsageRule rule) {
    List<Filter> filters = new ArrayList<>();
    for (Filter filter : rule.filters()) {
      if (filter instanceof VideoFilter video) {
        filters.add(
            new VideoFilter(
                video.minPixels(),
                video.maxPixels(),
                video.minFps(),
                video.maxFps(),
                video.hdr(),
                null));
      } else if (filter instanceof AudioFilter) {
        filters.add(filter);
      }
    }
    // A contract needs a filter; without one the rule is for both kinds.
    return new UsageRule(
        rule.keyId(),
        rule.intendedTrackType(),
        filters.isEmpty() ? List.of(VideoFilter.ANY, AudioFilter.ANY) : filters);
  }
}

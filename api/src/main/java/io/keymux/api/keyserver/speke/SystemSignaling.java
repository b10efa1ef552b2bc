package io.keymux.api.keyserver.speke;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.CommonPssh;
import io.keymux.cpix.signaling.SignalingGenerator;
import io.keymux.cpix.signaling.SignalingRequest;
import io.keymux.cpix.signaling.SignalingSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the signalling of one key for one system.
 *
 * @param base where players reach this service
 */
record SystemSignaling(
    SpekeVersion version, String contentId, SignalingSettings settings, URI base) {
  private static final String FAIRPLAY_FORMAT = "com.apple.streamingkeydelivery";
  private static final String IDENTITY = "identity";

  Placeholders of(SpekeSystem system, ContentKey key) {
    DrmSystem drm = system.drm();
    if (drm != null) {
      return ofDrm(system, drm, key);
    }
    return system == SpekeSystem.COMMON ? common(key) : aes128(key);
  }

  private Placeholders ofDrm(SpekeSystem system, DrmSystem drm, ContentKey key) {
    ProtectionScheme scheme = key.scheme() == null ? system.schemeOfV1() : key.scheme();
    SignalingRequest request =
        new SignalingRequest(contentId, scheme, Set.of(drm), List.of(key), settings);
    DrmSignaling made = SignalingGenerator.generate(request).get(0);
    boolean fairPlay = system == SpekeSystem.FAIRPLAY;
    Placeholders all =
        Placeholders.of(
            made, fairPlay ? uriIn(made.hlsMedia()) : null, fairPlay ? FAIRPLAY_FORMAT : null);
    return version == SpekeVersion.V1 ? asInV1(all) : all;
  }

  /** Of the DRM systems, version 1 wants the box, the Smooth header and the FairPlay URI alone. */
  private static Placeholders asInV1(Placeholders all) {
    return new Placeholders(
        all.pssh(), null, null, null, all.smoothHeader(), all.keyUri(), all.keyFormat());
  }

  private static @Nullable String uriIn(@Nullable String hlsLine) {
    if (hlsLine == null) {
      return null;
    }
    int start = hlsLine.indexOf("URI=\"") + 5;
    return hlsLine.substring(start, hlsLine.indexOf('"', start));
  }

  private static Placeholders common(ContentKey key) {
    String box = Bytes.copyOf(CommonPssh.of(List.of(key.id())).toBytes()).toBase64();
    String mpd = "<pssh xmlns=\"urn:mpeg:cenc:2013\">" + box + "</pssh>";
    return new Placeholders(box, mpd, null, null, null, null, null);
  }

  /**
   * @see "RFC 8216, 4.3.2.4 EXT-X-KEY, METHOD AES-128"
   */
  private Placeholders aes128(ContentKey key) {
    String uri = base + "/keys/" + pathSegment(contentId) + "/" + key.id();
    String attributes =
        "METHOD=AES-128,URI=\"%s\",KEYFORMAT=\"%s\",KEYFORMATVERSIONS=\"1\""
            .formatted(uri, IDENTITY);
    return new Placeholders(
        null,
        null,
        "#EXT-X-KEY:" + attributes,
        "#EXT-X-SESSION-KEY:" + attributes,
        null,
        uri,
        IDENTITY);
  }

  /** Form encoding differs from that of a path in the blank alone, which it writes as a plus. */
  private static String pathSegment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}

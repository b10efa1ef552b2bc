package io.keymux.api.keyserver.speke;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.xml.CpixNames;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * What one DRM system has to say about one key; null where it has nothing.
 *
 * @param pssh base64 of the box
 * @param contentProtection XML for inside an MPD's {@code ContentProtection}
 * @param hlsMedia a line of a media playlist
 * @param hlsMultivariant a line of a multivariant playlist
 * @param smoothHeader base64 of a PlayReady Object
 * @param keyUri where HLS players ask for the key, for the placeholders of SPEKE v1
 * @param keyFormat KEYFORMAT of HLS, for the same
 */
record Placeholders(
    @Nullable String pssh,
    @Nullable String contentProtection,
    @Nullable String hlsMedia,
    @Nullable String hlsMultivariant,
    @Nullable String smoothHeader,
    @Nullable String keyUri,
    @Nullable String keyFormat) {
  static final String SPEKE_V1 = "urn:aws:amazon:com:speke";

  private static final Set<String> NAMES =
      Set.of(
          "PSSH",
          "ContentProtectionData",
          "SmoothStreamingProtectionHeaderData",
          "HLSSignalingData",
          "URIExtXKey");

  static Placeholders of(DrmSignaling made, @Nullable String keyUri, @Nullable String keyFormat) {
    return new Placeholders(
        made.pssh() == null ? null : made.pssh().toBase64(),
        made.contentProtection(),
        made.hlsMedia(),
        made.hlsMultivariant(),
        made.smoothHeader(),
        keyUri,
        keyFormat);
  }

  /** Whether servers are to fill in this child of a {@code DRMSystem}. */
  static boolean isOne(Element child) {
    return SPEKE_V1.equals(child.getNamespaceURI())
        || (CpixNames.CPIX.equals(child.getNamespaceURI()) && NAMES.contains(child.getLocalName()));
  }

  /** The text that belongs into {@code child}; null if there is none, or it is no placeholder. */
  @Nullable String valueFor(Element child) {
    if (SPEKE_V1.equals(child.getNamespaceURI())) {
      return switch (child.getLocalName()) {
        case "KeyFormat" -> base64(keyFormat);
        case "KeyFormatVersions" -> base64(keyFormat == null ? null : "1");
        case "ProtectionHeader" -> smoothHeader;
        default -> null;
      };
    }
    if (!isOne(child)) {
      return null;
    }
    return switch (child.getLocalName()) {
      case "PSSH" -> pssh;
      case "ContentProtectionData" -> base64(contentProtection);
      case "SmoothStreamingProtectionHeaderData" -> smoothHeader;
      case "HLSSignalingData" -> base64(isMultivariant(child) ? hlsMultivariant : hlsMedia);
      default -> base64(keyUri);
    };
  }

  /** CPIX renamed {@code master} in 2.4; SPEKE v2.1 goes on to use it. */
  private static boolean isMultivariant(Element child) {
    String playlist = child.getAttribute("playlist");
    return playlist.equals("master") || playlist.equals("multiVariant");
  }

  private static @Nullable String base64(@Nullable String text) {
    return text == null ? null : Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}

package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The attribute list of {@code EXT-X-KEY} and {@code EXT-X-SESSION-KEY}, which is the same for
 * both: METHOD, URI, KEYID, IV, KEYFORMAT, KEYFORMATVERSIONS.
 *
 * @see "RFC 8216, 4.2 Attribute Lists and 4.3.2.4 EXT-X-KEY"
 */
final class HlsKeyAttributes {
  private final List<String> attributes = new ArrayList<>();

  private HlsKeyAttributes(ProtectionScheme scheme, String uri) {
    // SAMPLE-AES-CTR is defined by RFC 8216bis only; RFC 8216 knows CBC alone.
    this(scheme.counterMode() ? "SAMPLE-AES-CTR" : "SAMPLE-AES", uri);
  }

  private HlsKeyAttributes(String method, String uri) {
    attributes.add("METHOD=" + method);
    quoted("URI", uri);
  }

  /**
   * A key that stands at {@code uri} as 16 raw bytes. KEYFORMAT is left out, as its default is
   * meant and old players know no other.
   *
   * @param system AES_128 or SAMPLE_AES
   * @param iv or null if it is the number of the segment
   */
  static HlsKeyAttributes plainKey(DrmSystem system, String uri, @Nullable Bytes iv) {
    HlsKeyAttributes list =
        new HlsKeyAttributes(system == DrmSystem.AES_128 ? "AES-128" : "SAMPLE-AES", uri);
    return iv == null ? list : list.hex("IV", iv.toHex());
  }

  /**
   * @param pssh a whole Widevine {@code pssh} box
   */
  static HlsKeyAttributes widevine(ProtectionScheme scheme, Bytes pssh, KeyId keyId) {
    return new HlsKeyAttributes(scheme, "data:text/plain;base64," + pssh.toBase64())
        .hex("KEYID", keyId.toHex())
        .keyFormat("urn:uuid:" + DrmSystem.WIDEVINE.systemId());
  }

  static HlsKeyAttributes playReady(ProtectionScheme scheme, Bytes playReadyObject) {
    return new HlsKeyAttributes(
            scheme, "data:text/plain;charset=UTF-16;base64," + playReadyObject.toBase64())
        .keyFormat("com.microsoft.playready");
  }

  /** Without IV: it comes with the licence. */
  static HlsKeyAttributes fairPlay(String uri) {
    return new HlsKeyAttributes(ProtectionScheme.CBCS, uri)
        .keyFormat("com.apple.streamingkeydelivery");
  }

  /**
   * A key that stands at {@code uri} as 16 raw bytes.
   *
   * @param iv the constant IV, or null if the media alone has it
   */
  static HlsKeyAttributes clearKey(ProtectionScheme scheme, String uri, @Nullable Bytes iv) {
    HlsKeyAttributes list = new HlsKeyAttributes(scheme, uri);
    if (iv != null) {
      list.hex("IV", iv.toHex());
    }
    return list.keyFormat("identity");
  }

  /** A line for media playlists, without line break. */
  String mediaLine() {
    return "#EXT-X-KEY:" + this;
  }

  /** A line for the multivariant playlist, without line break. */
  String multivariantLine() {
    return "#EXT-X-SESSION-KEY:" + this;
  }

  private HlsKeyAttributes keyFormat(String keyFormat) {
    return quoted("KEYFORMAT", keyFormat).quoted("KEYFORMATVERSIONS", "1");
  }

  /** There is no escape in quoted strings: what cannot stand in one is refused. */
  private HlsKeyAttributes quoted(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\r' || c == '\n') {
        throw SignalingException.invalidValue(
            "the HLS attribute " + name, c == '"' ? "a double quote" : "a line break");
      }
    }
    attributes.add(name + "=\"" + value + "\"");
    return this;
  }

  /** Hexadecimal sequences have upper-case digits, says RFC 8216, 4.2. */
  private HlsKeyAttributes hex(String name, String digits) {
    attributes.add(name + "=0x" + digits.toUpperCase(Locale.ROOT));
    return this;
  }

  @Override
  public String toString() {
    return String.join(",", attributes);
  }
}

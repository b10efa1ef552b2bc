package io.keymux.packager.hls;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An EXT-X-KEY or EXT-X-SESSION-KEY line from DRM signalling, parsed but carried through as it is.
 * The line may come from a key server, so it is judged before it enters a playlist.
 *
 * @see "RFC 8216, 4.3.2.4 EXT-X-KEY and 4.3.4.5 EXT-X-SESSION-KEY"
 */
record KeyLine(String text, Map<String, String> attributes) {
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([A-Z0-9-]+)=(\"[^\"\r\n]*\"|[^\",\\s]+)(,|$)");

  /** The attributes that no two session keys may share. */
  private static final List<String> IDENTITY =
      List.of("METHOD", "URI", "IV", "KEYFORMAT", "KEYFORMATVERSIONS");

  static KeyLine media(DrmSignaling signaling, ProtectionScheme scheme, String line) {
    return parse("#EXT-X-KEY:", signaling, scheme, line);
  }

  static KeyLine session(DrmSignaling signaling, ProtectionScheme scheme, String line) {
    return parse("#EXT-X-SESSION-KEY:", signaling, scheme, line);
  }

  /**
   * The same line with another IV.
   *
   * @param iv 16 bytes
   */
  String withIv(Bytes iv) {
    int values = text.indexOf(':') + 1;
    StringBuilder line = new StringBuilder(text.substring(0, values));
    Matcher matcher = ATTRIBUTE.matcher(text).region(values, text.length());
    while (matcher.lookingAt()) {
      if (!matcher.group(1).equals("IV")) {
        line.append(matcher.group(1)).append('=').append(matcher.group(2)).append(',');
      }
      matcher.region(matcher.end(), text.length());
    }
    return line.append("IV=0x").append(iv.toHex()).toString();
  }

  /** Two session keys with equal identities are one to a player, whatever else they say. */
  List<String> identity() {
    return IDENTITY.stream().map(name -> attributes.getOrDefault(name, "")).toList();
  }

  private static KeyLine parse(
      String tag, DrmSignaling signaling, ProtectionScheme scheme, String line) {
    if (!line.startsWith(tag)) {
      throw malformed(signaling, "does not start with " + tag);
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    Matcher matcher = ATTRIBUTE.matcher(line).region(tag.length(), line.length());
    boolean more = true;
    while (more) {
      if (!matcher.lookingAt()) {
        throw malformed(signaling, "has no attribute at character " + matcher.regionStart());
      }
      if (attributes.put(matcher.group(1), matcher.group(2)) != null) {
        throw malformed(signaling, "has two attributes " + matcher.group(1));
      }
      more = !matcher.group(3).isEmpty();
      matcher.region(matcher.end(), line.length());
    }
    requireMethod(signaling, scheme, attributes);
    if (!attributes.getOrDefault("URI", "").startsWith("\"")) {
      throw malformed(signaling, "has no quoted URI");
    }
    return new KeyLine(line, Map.copyOf(attributes));
  }

  private static void requireMethod(
      DrmSignaling signaling, ProtectionScheme scheme, Map<String, String> attributes) {
    String expected =
        signaling.system() == DrmSystem.AES_128
            ? "AES-128"
            : scheme.counterMode() ? "SAMPLE-AES-CTR" : "SAMPLE-AES";
    String actual = attributes.getOrDefault("METHOD", "none at all");
    if (!actual.equals(expected)) {
      throw malformed(
          signaling,
          "has METHOD %s, but %s media needs %s".formatted(actual, scheme.fourCc(), expected));
    }
  }

  private static DrmException malformed(DrmSignaling signaling, String what) {
    // The line itself is not shown: its URI may be the address of a key server.
    return new DrmException(
        DrmException.Blame.UPSTREAM,
        "signaling-not-hls",
        "The HLS line of DRM system %s for KID %s %s."
            .formatted(signaling.systemId(), signaling.keyId(), what),
        "Correct the HLS signalling in the key server or in the CPIX document.");
  }
}

package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The WRMHEADER, the XML inside a PlayReady object. KIDs stand in it in GUID order.
 *
 * <p>Clients compare it octet by octet: attributes are in alphabetical order, every element has an
 * end tag, and there is no white space and no prolog.
 *
 * @param version 4.0 for one AESCTR key, 4.2 for several, 4.3 for AESCBC
 * @param keys at least one; exactly one in 4.0 and 4.1
 * @param laUrl where licences are, or null
 * @param luiUrl a page for the user who has no licence, or null
 * @see "Microsoft PlayReady Header Specification"
 */
public record PlayReadyHeader(
    Version version, List<Key> keys, @Nullable String laUrl, @Nullable String luiUrl) {
  static final String NAMESPACE = "http://schemas.microsoft.com/DRM/2007/03/PlayReadyHeader";
  static final String AESCTR = "AESCTR";
  static final String AESCBC = "AESCBC";

  /** A version of the header syntax. */
  public enum Version {
    V4_0("4.0.0.0"),
    /** Read only: some clients refuse it. */
    V4_1("4.1.0.0"),
    V4_2("4.2.0.0"),
    V4_3("4.3.0.0");

    private final String attribute;

    Version(String attribute) {
      this.attribute = attribute;
    }

    /** The value of {@code WRMHEADER@version}: {@code 4.0.0.0}. */
    public String attribute() {
      return attribute;
    }

    boolean hasOneKey() {
      return this == V4_0 || this == V4_1;
    }
  }

  /**
   * One key of the header.
   *
   * @param algId {@code AESCTR}, {@code AESCBC}, {@code COCKTAIL}, or null
   * @param checksum 8 bytes for AESCTR, or null
   */
  public record Key(KeyId id, @Nullable String algId, @Nullable Bytes checksum) {}

  public PlayReadyHeader {
    keys = List.copyOf(keys);
    if (keys.isEmpty() || (version.hasOneKey() && keys.size() > 1)) {
      throw new IllegalArgumentException(version + " with " + keys.size() + " keys");
    }
  }

  /**
   * The header with the widest client support for {@code keys}: 4.0 (all clients) for one counter
   * mode key, 4.2 (clients from 3.0) for several, 4.3 (clients from 4.0) for CBC.
   *
   * @param keys at least one, in the order to be written; read for the checksum in counter mode
   */
  static PlayReadyHeader of(
      ProtectionScheme scheme,
      List<ContentKey> keys,
      @Nullable String laUrl,
      @Nullable String luiUrl) {
    if (!scheme.counterMode()) {
      List<Key> entries = keys.stream().map(key -> new Key(key.id(), AESCBC, null)).toList();
      return new PlayReadyHeader(Version.V4_3, entries, laUrl, luiUrl);
    }
    List<Key> entries =
        keys.stream().map(key -> new Key(key.id(), AESCTR, PlayReadyChecksum.of(key))).toList();
    return new PlayReadyHeader(
        keys.size() == 1 ? Version.V4_0 : Version.V4_2, entries, laUrl, luiUrl);
  }

  /**
   * Parses a header of versions 4.0 to 4.3. Elements that are not part of this record (DS_ID,
   * CUSTOMATTRIBUTES, DECRYPTORSETUP) are passed over.
   *
   * @throws MalformedSignalingException with code {@code malformed-playready-header} if it is not
   *     well-formed, has a DOCTYPE, is of another version, or has no readable KID
   */
  public static PlayReadyHeader parse(String xml) {
    return PlayReadyHeaderReader.read(xml);
  }

  public List<KeyId> keyIds() {
    return keys.stream().map(Key::id).toList();
  }

  /**
   * The canonical text.
   *
   * @throws SignalingException with code {@code invalid-signaling-value} if a URL holds a character
   *     that XML cannot carry
   */
  public String toXml() {
    StringBuilder xml = new StringBuilder(512);
    xml.append("<WRMHEADER xmlns=\"").append(NAMESPACE);
    xml.append("\" version=\"").append(version.attribute()).append("\"><DATA><PROTECTINFO>");
    switch (version) {
      case V4_0 -> appendV40(xml, keys.get(0));
      case V4_1 -> {
        appendKid(xml, keys.get(0));
        xml.append("</PROTECTINFO>");
      }
      case V4_2, V4_3 -> {
        xml.append("<KIDS>");
        keys.forEach(key -> appendKid(xml, key));
        xml.append("</KIDS></PROTECTINFO>");
      }
    }
    appendUrl(xml, "LA_URL", laUrl);
    appendUrl(xml, "LUI_URL", luiUrl);
    return xml.append("</DATA></WRMHEADER>").toString();
  }

  private static void appendV40(StringBuilder xml, Key key) {
    if (key.algId() != null) {
      xml.append("<KEYLEN>16</KEYLEN><ALGID>")
          .append(XmlText.escape("ALGID", key.algId()))
          .append("</ALGID>");
    }
    xml.append("</PROTECTINFO><KID>").append(guid(key.id())).append("</KID>");
    if (key.checksum() != null) {
      xml.append("<CHECKSUM>").append(key.checksum().toBase64()).append("</CHECKSUM>");
    }
  }

  private static void appendKid(StringBuilder xml, Key key) {
    xml.append("<KID");
    if (key.algId() != null) {
      xml.append(" ALGID=\"").append(XmlText.escape("ALGID", key.algId())).append('"');
    }
    if (key.checksum() != null) {
      xml.append(" CHECKSUM=\"").append(key.checksum().toBase64()).append('"');
    }
    xml.append(" VALUE=\"").append(guid(key.id())).append("\"></KID>");
  }

  private static void appendUrl(StringBuilder xml, String name, @Nullable String url) {
    if (url != null) {
      xml.append('<').append(name).append('>');
      xml.append(XmlText.escape(name, url));
      xml.append("</").append(name).append('>');
    }
  }

  private static String guid(KeyId id) {
    return Base64.getEncoder().encodeToString(id.toGuidBytes());
  }
}

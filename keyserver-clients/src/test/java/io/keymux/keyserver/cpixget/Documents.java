package io.keymux.keyserver.cpixget;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.KeyId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Documents in the shapes of servers that give them for a URL. */
public final class Documents {
  public static final String KEY_1 = "01c0ffee5ec12e75a5a5bada5501feed";
  public static final String KEY_2 = "02c0ffee5ec12e75a5a5bada5502feed";

  private static final String HEAD =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<cpix:CPIX xmlns:cpix=\"urn:dashif:org:cpix\""
          + " xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\""
          + " xmlns:speke=\"urn:aws:amazon:com:speke\"%s>";

  private Documents() {}

  /** EZDRM: one KID, no rule, elements of its own under the prefix of CPIX, the URI as it is. */
  public static String ezdrm(KeyId kid, String key) {
    return HEAD.formatted(" id=\"ezdrm\"")
        + "<cpix:Generator>EZDRM</cpix:Generator><cpix:ContentKeyList>"
        + key(kid, key, " explicitIV=\"OFj2IjCsPJFfMAxmQxLGPw==\"")
        + "</cpix:ContentKeyList><cpix:DRMSystemList>"
        + widevine(kid)
        + fairPlay(kid, "skd://fps.ezdrm.com/;" + kid)
        + "</cpix:DRMSystemList></cpix:CPIX>";
  }

  /** Keys for audio and video whose own rules say what they are for. */
  public static String generated(KeyId video, KeyId audio, String contentId) {
    return HEAD.formatted(" contentId=\"" + contentId + "\" version=\"2.3\"")
        + "<cpix:ContentKeyList>"
        + key(video, KEY_1, " commonEncryptionScheme=\"cbcs\"")
        + key(audio, KEY_2, " commonEncryptionScheme=\"cbcs\"")
        + "</cpix:ContentKeyList><cpix:DRMSystemList>"
        + widevine(video)
        + widevine(audio)
        + fairPlay(video, encoded("skd://a/" + video))
        + fairPlay(audio, encoded("skd://a/" + audio))
        + "</cpix:DRMSystemList><cpix:ContentKeyUsageRuleList>"
        + rule(video, "VIDEO", "<cpix:VideoFilter/>")
        + rule(audio, "AUDIO", "<cpix:AudioFilter/>")
        + "</cpix:ContentKeyUsageRuleList></cpix:CPIX>";
  }

  public static String rule(KeyId kid, String type, String filters) {
    return "<cpix:ContentKeyUsageRule kid=\"%s\" intendedTrackType=\"%s\">%s</cpix:ContentKeyUsageRule>"
        .formatted(kid, type, filters);
  }

  public static String key(KeyId kid, String key, String attributes) {
    return "<cpix:ContentKey kid=\"%s\"%s><cpix:Data><pskc:Secret><pskc:PlainValue>%s</pskc:PlainValue></pskc:Secret></cpix:Data></cpix:ContentKey>"
        .formatted(kid, attributes, base64(key));
  }

  public static String widevine(KeyId kid) {
    String pssh =
        "000000327073736800000000edef8ba979d64acea3c827dcd51d21ed000000121210" + kid.toHex();
    return "<cpix:DRMSystem kid=\"%s\" systemId=\"edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\"><cpix:PSSH>%s</cpix:PSSH></cpix:DRMSystem>"
        .formatted(kid, base64(pssh));
  }

  public static String fairPlay(KeyId kid, String uri) {
    return "<cpix:DRMSystem kid=\"%s\" systemId=\"94ce86fb-07ff-4f43-adb8-93d2fa968ca2\"><cpix:PSSH/><cpix:URIExtXKey>%s</cpix:URIExtXKey><cpix:LicenseUrl>x</cpix:LicenseUrl></cpix:DRMSystem>"
        .formatted(kid, uri);
  }

  public static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  public static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  /** A KID that nobody asked for. */
  public static KeyId fresh(KeyId asked) {
    return new KeyId(
        new UUID(~asked.uuid().getMostSignificantBits(), asked.uuid().getLeastSignificantBits()));
  }
}

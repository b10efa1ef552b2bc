package io.keymux.keyserver.speke;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a good SPEKE v2.0 server answers, written as text by hand, so that it shares no code with
 * the client.
 */
public final class SpekeAnswer {
  private static final String WIDEVINE = "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed";
  private static final String PLAYREADY = "9a04f079-9840-4286-ab92-e65be0885f95";
  private static final String FAIRPLAY = "94ce86fb-07ff-4f43-adb8-93d2fa968ca2";
  private static final String COMMON = "1077efec-c0b2-4d02-ace3-3c1e52e2fb4b";

  private SpekeAnswer() {}

  public static String to(KeyRequest request) {
    return to(request, id -> id);
  }

  /**
   * @param replace gives the KID that the server uses instead of the one it was asked for
   */
  public static String to(KeyRequest request, UnaryOperator<KeyId> replace) {
    String scheme = request.scheme().fourCc();
    StringBuilder keys = new StringBuilder();
    StringBuilder systems = new StringBuilder();
    int number = 0;
    for (KeyId asked : request.keyIds()) {
      number++;
      KeyId kid = replace.apply(asked);
      keys.append(
          ("<cpix:ContentKey kid=\"%s\" commonEncryptionScheme=\"%s\"%s><cpix:Data><pskc:Secret>"
                  + "<pskc:PlainValue>%s</pskc:PlainValue></pskc:Secret></cpix:Data>"
                  + "</cpix:ContentKey>")
              .formatted(
                  kid,
                  scheme,
                  scheme.equals("cbcs") ? " explicitIV=\"OFj2IjCsPJFfMAxmQxLGPw==\"" : "",
                  base64(HexFormat.of().parseHex(key(number)))));
      for (String system : systems(request)) {
        systems.append(system(system, kid, scheme));
      }
    }
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><cpix:CPIX xmlns:cpix=\"urn:dashif:org:cpix\""
            + " xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\" contentId=\"%s\" version=\"2.3\">"
            + "<cpix:ContentKeyList>%s</cpix:ContentKeyList>"
            + "<cpix:DRMSystemList>%s</cpix:DRMSystemList>"
            + "<cpix:ContentKeyUsageRuleList>%s</cpix:ContentKeyUsageRuleList></cpix:CPIX>")
        .formatted(request.contentId(), keys, systems, rules(request, replace));
  }

  /** The key of the n-th KID (from 1), in hex. */
  public static String key(int number) {
    return "%02xc0ffee5ec12e75a5a5bada55%02xfeed".formatted(number, number);
  }

  public static String[] keys(KeyRequest request) {
    List<String> keys = new ArrayList<>();
    for (int number = 1; number <= request.keyIds().size(); number++) {
      keys.add(key(number));
    }
    return keys.toArray(String[]::new);
  }

  private static List<String> systems(KeyRequest request) {
    List<String> systems = new ArrayList<>();
    for (DrmSystem system : request.systems()) {
      switch (system) {
        case WIDEVINE -> systems.add(WIDEVINE);
        case PLAYREADY -> systems.add(PLAYREADY);
        case FAIRPLAY -> systems.add(FAIRPLAY);
        case CLEARKEY -> {}
        case AES_128, SAMPLE_AES -> systems.add(system.systemId().toString());
      }
    }
    return systems.isEmpty() ? List.of(COMMON) : systems;
  }

  private static String system(String systemId, KeyId kid, String scheme) {
    StringBuilder content = new StringBuilder();
    byte[] pssh = pssh(systemId, kid, scheme);
    if (pssh.length > 0) {
      content.append("<cpix:PSSH>").append(base64(pssh)).append("</cpix:PSSH>");
    }
    if (systemId.equals(WIDEVINE) || systemId.equals(PLAYREADY)) {
      String xml = "<cenc:pssh xmlns:cenc=\"urn:mpeg:cenc:2013\">" + base64(pssh) + "</cenc:pssh>";
      if (systemId.equals(PLAYREADY)) {
        xml += "<mspr:pro xmlns:mspr=\"urn:microsoft:playready\">AAAA</mspr:pro>";
      }
      content
          .append("<cpix:ContentProtectionData>")
          .append(base64(xml))
          .append("</cpix:ContentProtectionData>");
    }
    if (!systemId.equals(COMMON)) {
      String attributes = "METHOD=SAMPLE-AES,URI=\"skd://" + kid + "\",KEYFORMATVERSIONS=\"1\"";
      content
          .append("<cpix:HLSSignalingData playlist=\"media\">")
          .append(base64("#EXT-X-KEY:" + attributes))
          .append("</cpix:HLSSignalingData><cpix:HLSSignalingData playlist=\"master\">")
          .append(base64("#EXT-X-SESSION-KEY:" + attributes))
          .append("</cpix:HLSSignalingData>");
    }
    return "<cpix:DRMSystem kid=\"%s\" systemId=\"%s\">%s</cpix:DRMSystem>"
        .formatted(kid, systemId, content);
  }

  public static byte[] pssh(String systemId, KeyId kid, String scheme) {
    return switch (systemId) {
      case WIDEVINE ->
          HexFormat.of()
              .parseHex(
                  "000000387073736800000000edef8ba979d64acea3c827dcd51d21ed00000018"
                      + "1210"
                      + kid.toHex()
                      + (scheme.equals("cbcs") ? "48f3c6899b06" : "48e3dc959b06"));
      case PLAYREADY -> {
        byte[] object = playReadyObject(kid);
        yield ByteBuffer.allocate(32 + object.length)
            .putInt(32 + object.length)
            .put("pssh".getBytes(UTF_8))
            .putInt(0)
            .put(HexFormat.of().parseHex(systemId.replace("-", "")))
            .putInt(object.length)
            .put(object)
            .array();
      }
      case COMMON ->
          HexFormat.of()
              .parseHex(
                  "000000347073736801000000"
                      + systemId.replace("-", "")
                      + "00000001"
                      + kid.toHex()
                      + "00000000");
      default -> new byte[0];
    };
  }

  private static byte[] playReadyObject(KeyId kid) {
    byte[] header =
        ("<WRMHEADER xmlns=\"http://schemas.microsoft.com/DRM/2007/03/PlayReadyHeader\""
                + " version=\"4.0.0.0\"><DATA><PROTECTINFO><KEYLEN>16</KEYLEN><ALGID>AESCTR</ALGID>"
                + "</PROTECTINFO><KID>"
                + base64(guid(kid))
                + "</KID></DATA></WRMHEADER>")
            .getBytes(UTF_16LE);
    return ByteBuffer.allocate(10 + header.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(10 + header.length)
        .putShort((short) 1)
        .putShort((short) 1)
        .putShort((short) header.length)
        .put(header)
        .array();
  }

  private static byte[] guid(KeyId kid) {
    UUID uuid = kid.uuid();
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) (uuid.getMostSignificantBits() >>> 32))
        .putShort((short) (uuid.getMostSignificantBits() >>> 16))
        .putShort((short) uuid.getMostSignificantBits())
        .order(ByteOrder.BIG_ENDIAN)
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static String rules(KeyRequest request, UnaryOperator<KeyId> replace) {
    StringBuilder rules = new StringBuilder();
    for (UsageRule rule : request.rules()) {
      StringBuilder filters = new StringBuilder();
      for (Filter filter : rule.filters()) {
        if (filter instanceof VideoFilter video) {
          filters
              .append("<cpix:VideoFilter")
              .append(attribute("minPixels", video.minPixels()))
              .append(attribute("maxPixels", video.maxPixels()))
              .append("/>");
        } else if (filter instanceof AudioFilter audio) {
          filters
              .append("<cpix:AudioFilter")
              .append(attribute("minChannels", audio.minChannels()))
              .append(attribute("maxChannels", audio.maxChannels()))
              .append("/>");
        }
      }
      if (filters.isEmpty()) {
        filters.append("<cpix:VideoFilter/><cpix:AudioFilter/>");
      }
      rules.append(
          ("<cpix:ContentKeyUsageRule kid=\"%s\" intendedTrackType=\"%s\">%s"
                  + "</cpix:ContentKeyUsageRule>")
              .formatted(replace.apply(rule.keyId()), rule.intendedTrackType(), filters));
    }
    return rules.toString();
  }

  private static String attribute(String name, @Nullable Number value) {
    return value == null ? "" : " " + name + "=\"" + value + "\"";
  }

  public static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  public static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

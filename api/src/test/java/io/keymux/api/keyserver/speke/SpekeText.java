package io.keymux.api.keyserver.speke;

import io.keymux.api.keyserver.speke.SpekePresets.Contract;
import io.keymux.cpix.KeyId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes the text of SPEKE v2 requests, as an encryptor would.
 *
 * @param cpix {@code 2.3} or {@code 2.4}
 * @param systems identifiers, each asked for with every key
 * @param live whether each rule is for the one key period of the request
 */
record SpekeText(
    String contentId,
    String cpix,
    String scheme,
    Contract contract,
    List<String> systems,
    boolean live) {
  static final String WIDEVINE = "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed";
  static final String PLAYREADY = "9a04f079-9840-4286-ab92-e65be0885f95";
  static final String FAIRPLAY = "94ce86fb-07ff-4f43-adb8-93d2fa968ca2";
  static final String COMMON = "1077efec-c0b2-4d02-ace3-3c1e52e2fb4b";
  static final String AES_128 = "3ea8778f-7742-4bf9-b18b-e834b2acbd47";

  /** The KID of the rule with this number. */
  KeyId keyId(int rule) {
    String name = contentId + live + contract.name() + rule;
    return new KeyId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  List<KeyId> keyIds() {
    List<KeyId> ids = new ArrayList<>();
    for (int rule = 0; rule < contract.rules().size(); rule++) {
      ids.add(keyId(rule));
    }
    return ids;
  }

  String xml() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<cpix:CPIX xmlns:cpix=\"urn:dashif:org:cpix\"")
        .append(" xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\"")
        .append(" id=\"ignored\" contentId=\"%s\" version=\"%s\">".formatted(contentId, cpix))
        .append("\n  <cpix:ContentKeyList>");
    keyIds()
        .forEach(
            id ->
                xml.append(
                    "<cpix:ContentKey kid=\"%s\" commonEncryptionScheme=\"%s\"/>"
                        .formatted(id, scheme)));
    xml.append("</cpix:ContentKeyList>\n  <cpix:DRMSystemList>");
    systems.forEach(system -> keyIds().forEach(id -> xml.append(drmSystem(system, id))));
    xml.append("</cpix:DRMSystemList>");
    if (live) {
      xml.append(
          "<cpix:ContentKeyPeriodList><cpix:ContentKeyPeriod id=\"period-7\" index=\"7\"/>"
              + "</cpix:ContentKeyPeriodList>");
    }
    xml.append("<cpix:ContentKeyUsageRuleList>");
    for (int rule = 0; rule < contract.rules().size(); rule++) {
      xml.append(usageRule(rule));
    }
    return xml.append("</cpix:ContentKeyUsageRuleList></cpix:CPIX>").toString();
  }

  private static String drmSystem(String system, KeyId id) {
    String smooth = system.equals(PLAYREADY) ? "<cpix:SmoothStreamingProtectionHeaderData/>" : "";
    String hls =
        system.equals(COMMON)
            ? ""
            : "<cpix:HLSSignalingData playlist=\"media\"/><cpix:HLSSignalingData"
                + " playlist=\"master\"> </cpix:HLSSignalingData>";
    return """
        <cpix:DRMSystem kid="%s" systemId="%s"><cpix:PSSH/><cpix:ContentProtectionData/>%s%s</cpix:DRMSystem>"""
        .formatted(id, system, hls, smooth);
  }

  private String usageRule(int rule) {
    String[] parts = contract.rules().get(rule).split("\\|", -1);
    StringBuilder xml =
        new StringBuilder(
            "<cpix:ContentKeyUsageRule kid=\"%s\" intendedTrackType=\"%s\">"
                .formatted(keyId(rule), parts[0]));
    if (live) {
      xml.append("<cpix:KeyPeriodFilter periodId=\"period-7\"/>");
    }
    for (String filter : parts[1].split(";", -1)) {
      String[] words = filter.split(" ", -1);
      xml.append(words[0].equals("video") ? "<cpix:VideoFilter" : "<cpix:AudioFilter");
      for (int word = 1; word < words.length; word++) {
        xml.append(' ').append(words[word].replace("=", "=\"")).append('"');
      }
      xml.append("/>");
    }
    return xml.append("</cpix:ContentKeyUsageRule>").toString();
  }
}

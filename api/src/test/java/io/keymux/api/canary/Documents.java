package io.keymux.api.canary;

import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CPIX documents with keys that are canaries. */
record Documents(String videoKey, String audioKey) {
  private static final Pattern KEY = Pattern.compile("<cpix:ContentKey ([^>]*?)/>");
  private static final Pattern KID = Pattern.compile("kid=\"([0-9a-f-]{36})\"");
  private static final Pattern VALUE =
      Pattern.compile("(?<=<pskc:PlainValue>)[^<]+(?=</pskc:PlainValue>)");

  private static final String DOCUMENT =
      """
      <cpix:CPIX xmlns:cpix="urn:dashif:org:cpix" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" contentId="%s" version="2.3">
      <cpix:ContentKeyList><cpix:ContentKey kid="%2$s"/><cpix:ContentKey kid="%3$s"/></cpix:ContentKeyList>
      <cpix:ContentKeyUsageRuleList>
      <cpix:ContentKeyUsageRule kid="%2$s" intendedTrackType="VIDEO"><cpix:VideoFilter/></cpix:ContentKeyUsageRule>
      <cpix:ContentKeyUsageRule kid="%3$s" intendedTrackType="AUDIO"><cpix:AudioFilter/></cpix:ContentKeyUsageRule>
      </cpix:ContentKeyUsageRuleList></cpix:CPIX>
      """;

  static Documents of(Secrets secrets) {
    return new Documents(secrets.video64(), secrets.audio64());
  }

  /** What a server of its own mind gives for a content. */
  String of(String contentId) {
    return filled(DOCUMENT.formatted(contentId, UUID.randomUUID(), UUID.randomUUID()));
  }

  /** A request with other KIDs and with keys; signalling is left to Keymux. */
  String replaced(String request) {
    String others =
        KID.matcher(request)
            .replaceAll(
                kid -> {
                  UUID asked = UUID.fromString(kid.group(1));
                  return "kid=\"%s\""
                      .formatted(
                          new UUID(
                              ~asked.getMostSignificantBits(), asked.getLeastSignificantBits()));
                });
    return filled(others);
  }

  private String filled(String document) {
    Matcher key = KEY.matcher(document);
    int[] number = {0};
    return key.replaceAll(
        match ->
            "<cpix:ContentKey %s><cpix:Data><pskc:Secret><pskc:PlainValue>%s</pskc:PlainValue></pskc:Secret></cpix:Data></cpix:ContentKey>"
                .formatted(match.group(1), number(number[0]++)));
  }

  /** A document of another server with canaries in place of its keys. */
  String withCanaries(String document) {
    int[] number = {0};
    return VALUE.matcher(document).replaceAll(match -> number(number[0]++));
  }

  private String number(int index) {
    return index == 0 ? videoKey : index == 1 ? audioKey : "AAAAAAAAAAAAAAAAAAAAAA==";
  }

  /** The same with a video key of other bytes. */
  Documents withVideoKey(byte[] other) {
    return new Documents(Base64.getEncoder().encodeToString(other), audioKey);
  }
}

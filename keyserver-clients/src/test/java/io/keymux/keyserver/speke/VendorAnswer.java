package io.keymux.keyserver.speke;

import static io.keymux.keyserver.speke.SpekeAnswer.base64;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.speke.Vendor.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is in a vendor's answer, to be broken by tests and then written as the vendor writes it. */
public final class VendorAnswer {
  static final String IV = "OFj2IjCsPJFfMAxmQxLGPw==";

  record GivenKey(
      KeyId kid, @Nullable String value, @Nullable String iv, @Nullable String scheme) {}

  /** One DRMSystem; the pssh box may be for another system or KID. */
  record SystemEntry(KeyId kid, UUID system, KeyId psshKid, UUID psshSystem) {}

  record Rule(KeyId kid, String type, boolean video, boolean audio, String bounds) {}

  final Vendor vendor;
  String contentId;
  final List<GivenKey> keys = new ArrayList<>();
  final List<SystemEntry> entries = new ArrayList<>();
  final List<Rule> rules = new ArrayList<>();

  private VendorAnswer(Vendor vendor, String contentId) {
    this.vendor = vendor;
    this.contentId = contentId;
  }

  public static VendorAnswer to(Vendor vendor, KeyRequest request) {
    VendorAnswer answer = new VendorAnswer(vendor, request.contentId());
    int number = 0;
    for (KeyId asked : request.keyIds()) {
      KeyId kid = vendor.kid(asked);
      answer.keys.add(
          new GivenKey(
              kid,
              base64(HexFormat.of().parseHex(SpekeAnswer.key(++number))),
              vendor.has(Trait.IV) ? IV : null,
              vendor.has(Trait.SCHEME) ? request.scheme().fourCc() : null));
      for (DrmSystem system : request.systems()) {
        answer.entries.add(new SystemEntry(kid, system.systemId(), kid, system.systemId()));
      }
    }
    for (UsageRule rule : request.rules()) {
      answer.rules.add(
          new Rule(
              vendor.kid(rule.keyId()),
              vendor.type(rule.intendedTrackType()),
              rule.filters().stream().anyMatch(VideoFilter.class::isInstance),
              rule.filters().stream().anyMatch(AudioFilter.class::isInstance),
              vendor.has(Trait.OWN_FILTERS) ? " maxPixels=\"2073600\"" : ""));
    }
    return answer;
  }

  /** Gives everything of one KID another. */
  void rename(KeyId from, KeyId to) {
    keys.replaceAll(
        k -> k.kid().equals(from) ? new GivenKey(to, k.value(), k.iv(), k.scheme()) : k);
    entries.replaceAll(
        e -> e.kid().equals(from) ? new SystemEntry(to, e.system(), to, e.system()) : e);
    rules.replaceAll(
        r -> r.kid().equals(from) ? new Rule(to, r.type(), r.video(), r.audio(), r.bounds()) : r);
  }

  public String xml() {
    String p = vendor.cpix().isEmpty() ? "" : vendor.cpix() + ":";
    StringBuilder xml =
        new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    xml.append("<%sCPIX".formatted(p));
    xml.append(vendor.has(Trait.ID) ? " id=\"" + contentId + "\"" : "");
    xml.append(vendor.has(Trait.CONTENT_ID) ? " contentId=\"" + contentId + "\"" : "");
    xml.append(
        " xmlns%s=\"urn:dashif:org:cpix\" xmlns:%s=\"urn:ietf:params:xml:ns:keyprov:pskc\" xmlns:speke=\"urn:aws:amazon:com:speke\">\n"
            .formatted(vendor.cpix().isEmpty() ? "" : ":" + vendor.cpix(), vendor.pskc()));
    xml.append(" <P:ContentKeyList>\n");
    keys.forEach(key -> xml.append(key(key)));
    xml.append(" </P:ContentKeyList>\n <P:DRMSystemList>\n");
    entries.forEach(entry -> xml.append(entry(entry)));
    xml.append(" </P:DRMSystemList>\n");
    if (!rules.isEmpty()) {
      xml.append(" <P:ContentKeyUsageRuleList>\n");
      rules.forEach(rule -> xml.append(rule(rule)));
      xml.append(" </P:ContentKeyUsageRuleList>\n");
    }
    return xml.append("</P:CPIX>").toString().replace("P:", p).replace("K:", vendor.pskc() + ":");
  }

  private static String key(GivenKey key) {
    String attributes =
        attribute("kid", key.kid().toString())
            + attribute("explicitIV", key.iv())
            + attribute("commonEncryptionScheme", key.scheme());
    return key.value() == null
        ? "  <P:ContentKey%s/>\n".formatted(attributes)
        : "  <P:ContentKey%s><P:Data><K:Secret><K:PlainValue>%s</K:PlainValue></K:Secret></P:Data></P:ContentKey>\n"
            .formatted(attributes, key.value());
  }

  private String entry(SystemEntry entry) {
    boolean fairPlay = entry.system().equals(DrmSystem.FAIRPLAY.systemId());
    boolean playReady = entry.system().equals(DrmSystem.PLAYREADY.systemId());
    byte[] pssh = SpekeAnswer.pssh(entry.psshSystem().toString(), entry.psshKid(), "cbcs");
    StringBuilder xml = new StringBuilder();
    if (!fairPlay) {
      xml.append("<P:PSSH>").append(base64(pssh)).append("</P:PSSH>");
    } else if (vendor.has(Trait.EMPTY_PSSH)) {
      xml.append("<P:PSSH/>");
    }
    if (playReady && vendor.has(Trait.HEADER)) {
      String object = base64(Arrays.copyOfRange(pssh, 32, pssh.length));
      xml.append("<P:ContentProtectionData>")
          .append(base64("<pro xmlns=\"urn:microsoft:playready\">" + object + "</pro>"))
          .append("</P:ContentProtectionData><speke:ProtectionHeader>")
          .append(object)
          .append("</speke:ProtectionHeader>");
    }
    String uri = "skd://keys.example/" + entry.kid();
    if (fairPlay && vendor.has(Trait.URI)) {
      xml.append("<P:URIExtXKey>").append(base64(uri)).append("</P:URIExtXKey>");
    }
    if (fairPlay && vendor.has(Trait.LINES)) {
      xml.append(line("media", "#EXT-X-KEY:", uri))
          .append(line("master", "#EXT-X-SESSION-KEY:", uri));
    }
    return "  <P:DRMSystem%s%s>%s</P:DRMSystem>\n"
        .formatted(
            attribute("kid", entry.kid().toString()),
            attribute("systemId", entry.system().toString()),
            xml);
  }

  private static String line(String playlist, String tag, String uri) {
    return "<P:HLSSignalingData playlist=\"%s\">%s</P:HLSSignalingData>"
        .formatted(playlist, base64(tag + "METHOD=SAMPLE-AES,URI=\"" + uri + "\"\r\n"));
  }

  private static String rule(Rule rule) {
    return "  <P:ContentKeyUsageRule%s%s>%s%s</P:ContentKeyUsageRule>\n"
        .formatted(
            attribute("kid", rule.kid().toString()),
            attribute("intendedTrackType", rule.type().isEmpty() ? null : rule.type()),
            rule.video() ? "<P:VideoFilter" + rule.bounds() + "/>" : "",
            rule.audio() ? "<P:AudioFilter/>" : "");
  }

  private static String attribute(String name, @Nullable String value) {
    return value == null ? "" : " " + name + "=\"" + value + "\"";
  }
}

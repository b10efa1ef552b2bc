package io.keymux.cpix.validation;

import io.keymux.cpix.xml.CpixDom;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * HLSSignalingData, URIExtXKey and HDCPData: text for playlists.
 *
 * @see "DASH-IF CPIX, HLSSignalingData and HDCPData"
 * @see "RFC 8216, 4.3.2.4 EXT-X-KEY and 4.3.4.4 EXT-X-SESSION-KEY"
 */
final class HlsCheck implements Check {
  private static final String MEDIA_TAG = "#EXT-X-KEY:";
  private static final String MULTIVARIANT_TAG = "#EXT-X-SESSION-KEY:";
  private static final Set<String> MEDIA = Set.of("", "media", "variant");
  private static final Set<String> HDCP_LEVELS = Set.of("NONE", "TYPE-0", "TYPE-1");

  @Override
  public void run(DocumentView tree, Report report) {
    for (Element system : tree.systems()) {
      CpixDom.children(system, "HLSSignalingData").forEach(hls -> lines(hls, tree, report));
      CpixDom.children(system, "URIExtXKey").forEach(uri -> uri(uri, tree, report));
    }
    for (Element key : tree.keys()) {
      CpixDom.children(key, "HDCPData").forEach(hdcp -> hdcp(hdcp, tree, report));
    }
  }

  private static void lines(Element element, DocumentView tree, Report report) {
    byte[] bytes = bytes(element, tree);
    if (bytes == null) {
      return;
    }
    String text = Signaling.text(bytes);
    if (text == null || !text.lines().allMatch(line -> line.isBlank() || line.startsWith("#"))) {
      report.at(
          element,
          CpixRule.INVALID_HLS_SIGNALING,
          "The decoded value is not lines of a playlist in UTF-8, each with # before it.",
          "Encode whole tags such as #EXT-X-KEY.");
      return;
    }
    boolean media = MEDIA.contains(element.getAttribute("playlist"));
    String wrong = media ? MULTIVARIANT_TAG : MEDIA_TAG;
    if (text.lines().anyMatch(line -> line.startsWith(wrong))) {
      report.at(
          element,
          CpixRule.HLS_TAG_OF_OTHER_PLAYLIST,
          "The tag %s does not belong into a %s playlist."
              .formatted(wrong.substring(0, wrong.length() - 1), media ? "media" : "multivariant"),
          "Use " + (media ? "EXT-X-KEY." : "EXT-X-SESSION-KEY."));
    }
  }

  private static void uri(Element element, DocumentView tree, Report report) {
    byte[] bytes = bytes(element, tree);
    String text = bytes == null ? "" : Signaling.text(bytes);
    if (bytes != null
        && (text == null || !text.matches("[A-Za-z][A-Za-z0-9+.-]*:[^\\p{Cntrl} ]+"))) {
      report.at(
          element,
          CpixRule.INVALID_KEY_URI,
          "The decoded value is not a URI.",
          "Encode the URI alone, as it stands in EXT-X-KEY.");
    }
  }

  private static void hdcp(Element hdcp, DocumentView tree, Report report) {
    String level = hdcp.getAttribute("HLSHDCPLevel");
    if (hdcp.hasAttribute("HLSHDCPLevel") && !HDCP_LEVELS.contains(level)) {
      report.at(
          hdcp,
          "HLSHDCPLevel",
          CpixRule.UNKNOWN_HDCP_LEVEL,
          "\"" + Quoted.shortened(level) + "\" is no HDCP-LEVEL of HLS.",
          "Use NONE, TYPE-0 or TYPE-1.");
    }
    for (Element output : CpixDom.children(hdcp, "HDCPOutputProtectionData")) {
      byte[] bytes = bytes(output, tree);
      List<Element> fragment = bytes == null ? List.of() : Signaling.fragment(bytes);
      if (fragment == null) {
        report.at(
            output,
            CpixRule.INVALID_HDCP_DATA,
            "The decoded value is not an XML fragment in UTF-8 without byte order mark.",
            "Encode the element of the MPD.");
      }
    }
  }

  private static byte @Nullable [] bytes(Element element, DocumentView tree) {
    return DocumentView.isEmpty(element) ? null : tree.bytes(element.getTextContent());
  }
}

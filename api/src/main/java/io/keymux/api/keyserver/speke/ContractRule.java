package io.keymux.api.keyserver.speke;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/**
 * One usage rule of an encryption contract.
 *
 * @param parts of the track type, between its plus signs
 * @param audio how many audio filters there are
 * @param bare whether no filter for video or audio has a bound
 * @param periods ids of the key periods that the rule is for; none if it is for all
 */
record ContractRule(
    KeyId key,
    String trackType,
    List<String> parts,
    List<PixelRange> video,
    int audio,
    boolean bare,
    Set<String> periods) {

  /**
   * @throws SpekeRefusal if it lacks a KID or a track type, or a bound of a filter is no number or
   *     above its upper one
   */
  static ContractRule of(Element element) {
    KeyId key =
        CpixDom.attribute(element, "kid")
            .filter(SpekeRequest::isKeyId)
            .map(KeyId::parse)
            .orElseThrow(SpekeRefusal::malformedContract);
    String type =
        CpixDom.attribute(element, "intendedTrackType")
            .orElseThrow(SpekeRefusal::malformedContract);
    if (!CpixDom.children(element, "LabelFilter").isEmpty()) {
      throw SpekeRefusal.unsupportedContract();
    }
    List<String> parts = List.of(type.split("\\+", -1));
    if (parts.stream().anyMatch(String::isBlank)) {
      throw SpekeRefusal.malformedContract();
    }
    List<Element> video = CpixDom.children(element, "VideoFilter");
    List<Element> audio = CpixDom.children(element, "AudioFilter");
    audio.forEach(filter -> PixelRange.of(filter, "minChannels", "maxChannels"));
    return new ContractRule(
        key,
        type,
        parts,
        video.stream().map(filter -> PixelRange.of(filter, "minPixels", "maxPixels")).toList(),
        audio.size(),
        video.stream().allMatch(ContractRule::isBare)
            && audio.stream().allMatch(ContractRule::isBare),
        periods(element));
  }

  int filters() {
    return video.size() + audio;
  }

  /** Whether the rule is about video above 1920x1080, by a filter or by its name. */
  boolean ultraHigh() {
    return video.stream().anyMatch(PixelRange::ultraHigh)
        || parts.stream().anyMatch(part -> part.startsWith("UHD"));
  }

  private static Set<String> periods(Element rule) {
    Set<String> ids = new HashSet<>();
    for (Element filter : CpixDom.children(rule, "KeyPeriodFilter")) {
      ids.add(CpixDom.attribute(filter, "periodId").orElseThrow(SpekeRefusal::malformedContract));
    }
    return ids;
  }

  private static boolean isBare(Element filter) {
    NamedNodeMap attributes = filter.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      if (attributes.item(i).getNamespaceURI() == null) {
        return false;
      }
    }
    return true;
  }
}

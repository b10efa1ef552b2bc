package io.keymux.packager.dash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.xml.SafeXml;
import io.keymux.packager.media.TrackProtection;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** ContentProtection descriptors for an MPD that is there already. */
public final class ProtectionXml {
  private ProtectionXml() {}

  /**
   * The descriptors of one AdaptationSet or Representation, in their order; to be imported. They
   * are as {@code MpdWriter} writes them.
   *
   * @param protections in order of time; the first is the one that the init segment names
   * @throws io.keymux.cpix.DrmException with code {@code signaling-not-xml} if the signalling of a
   *     key server is none
   */
  public static List<Element> of(List<TrackProtection> protections) {
    XmlWriter xml = new XmlWriter();
    xml.element(
        "AdaptationSet",
        () -> {
          xml.attribute("xmlns", SignalingXml.MPD)
              .attribute("xmlns:cenc", SignalingXml.CENC)
              .attribute("xmlns:mspr", SignalingXml.MSPR);
          ContentProtections.write(xml, protections);
        });
    List<Element> descriptors = new ArrayList<>();
    Element root = SafeXml.parse(xml.toString().getBytes(UTF_8)).getDocumentElement();
    for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        descriptors.add(element);
      }
    }
    return descriptors;
  }
}

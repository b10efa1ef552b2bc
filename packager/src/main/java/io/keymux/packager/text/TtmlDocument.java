package io.keymux.packager.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.cpix.xml.XmlLimits;
import io.keymux.packager.isobmff.SampleEntry;
import java.util.List;
import java.util.regex.Pattern;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A TTML document that is cut into documents of a segment each. A piece has the whole head and of
 * the body what can be shown in its time; elements keep their times.
 *
 * @see "TTML2, 12 Timing; ISO/IEC 14496-30, 5 Carriage of TTML"
 */
public final class TtmlDocument {
  /** Ticks a second of its track. */
  static final int TIMESCALE = 1000;

  /** A document does not say when it ends; it is cut where the media ends. */
  static final long LASTING = Integer.MAX_VALUE;

  private static final String NAMESPACE = "http://www.w3.org/ns/ttml";
  private static final Pattern ROOT = Pattern.compile("<(?:[\\w.-]+:)?tt[\\s>]");
  private static final XmlLimits LIMITS = new XmlLimits(BadText.MAX_BYTES, 64, 2_000_000, 128, 256);

  private final Document document;
  private final TtmlTiming timing;
  private final TtmlProfile profile;

  private TtmlDocument(Document document, TtmlProfile profile) {
    this.document = document;
    this.profile = profile;
    this.timing = TtmlTiming.of(document.getDocumentElement());
  }

  /** Whether a text may be the beginning of a document. */
  static boolean begins(String text) {
    return ROOT.matcher(text).find();
  }

  /**
   * @throws DrmException with code {@code ttml-malformed} if the root element is not {@code tt},
   *     {@code ttml-images-unsupported} if it is of an image profile, or one of XML
   */
  static TtmlDocument parse(String name, byte[] xml) {
    Document document;
    try {
      document = SafeXml.parse(xml, LIMITS);
    } catch (DrmException e) {
      throw new DrmException(
          e.blame(), e.code(), "Input %s: %s".formatted(name, e.problem()), e.remedy(), e);
    }
    Element root = document.getDocumentElement();
    if (!"tt".equals(root.getLocalName()) || !NAMESPACE.equals(root.getNamespaceURI())) {
      throw new DrmException(
          Blame.CALLER,
          "ttml-malformed",
          "Input %s: the root element is %s, not tt of %s."
              .formatted(name, root.getNodeName(), NAMESPACE),
          "Give a TTML document.");
    }
    TtmlProfile profile = TtmlProfile.of(root);
    if (profile.isOfImages()) {
      throw new DrmException(
          Blame.UNSUPPORTED,
          "ttml-images-unsupported",
          "Input %s is of the image profile of IMSC, and images beside a document are not packaged."
              .formatted(name),
          "Give it as stpp in an MP4, which holds the images.");
    }
    return new TtmlDocument(document, profile);
  }

  /** As the root element says; {@code und} if it does not. */
  String language() {
    String language = document.getDocumentElement().getAttribute("xml:lang").strip();
    return language.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*") ? language : "und";
  }

  /** The sample entry; its MIME type names the profile, if the document does. */
  SampleEntry entry() {
    BoxWriter out = new BoxWriter();
    byte[] namespace = NAMESPACE.getBytes(UTF_8);
    String type = profile.mimeType();
    byte[] mime = new BoxWriter().u32(0).bytes(type.getBytes(UTF_8)).u8(0).toByteArray();
    out.box(
        FourCc.of("stpp"),
        () ->
            out.zeros(6)
                .u16(1)
                .bytes(namespace)
                .zeros(3)
                .box(FourCc.of("mime"), () -> out.bytes(mime)));
    return new SampleEntry(
        "stpp",
        Bytes.copyOf(out.toByteArray()),
        16 + namespace.length + 3,
        List.of(new SampleEntry.Child("mime", Bytes.copyOf(mime))),
        0,
        0,
        0,
        0);
  }

  /**
   * The document without what is certainly not shown in a stretch of time.
   *
   * @param from in milliseconds of the document
   * @param to in milliseconds, above {@code from}
   */
  byte[] piece(long from, long to) {
    Document piece = SafeXml.newDocument();
    Element root = document.getDocumentElement();
    Node copy = piece.appendChild(piece.importNode(root, false));
    for (Node child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (isOf(child, "body")) {
        Element body = (Element) child;
        copyShown(body, copy, timing.inside(body, TtmlTiming.Interval.ALWAYS), from, to);
      } else {
        copy.appendChild(piece.importNode(child, true));
      }
    }
    return SafeXml.serialize(piece);
  }

  private void copyShown(
      Element element, Node to, TtmlTiming.Interval shown, long from, long until) {
    Document piece = to.getOwnerDocument();
    Node copy = to.appendChild(piece.importNode(element, false));
    boolean sequence = element.getAttribute("timeContainer").equals("seq");
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (sequence || !(isOf(child, "div") || isOf(child, "p") || isOf(child, "span"))) {
        copy.appendChild(piece.importNode(child, true));
        continue;
      }
      TtmlTiming.Interval inner = timing.inside((Element) child, shown);
      if (inner.meets(from, until)) {
        copyShown((Element) child, copy, inner, from, until);
      }
    }
  }

  private static boolean isOf(Node node, String name) {
    return node instanceof Element
        && name.equals(node.getLocalName())
        && NAMESPACE.equals(node.getNamespaceURI());
  }

  /** A document that shows nothing. */
  static byte[] empty() {
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><tt xmlns=\""
            + NAMESPACE
            + "\" xml:lang=\"\"/>")
        .getBytes(UTF_8);
  }
}

package io.keymux.packager.verify.manifest;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.xml.SafeXml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Reads an MPD: its Representations, the segments of each and what it says of their keys.
 *
 * @see "ISO/IEC 23009-1, 5 Media Presentation"
 */
public final class MpdReader {
  private final PresentationFolder folder;
  private final Path mpd;
  private final String file;
  private final double bufferSeconds;
  private final double totalSeconds;
  private final List<DescribedTrack> tracks = new ArrayList<>();
  private final List<DescribedThumbnails> thumbnails = new ArrayList<>();

  private MpdReader(PresentationFolder folder, Path mpd, Element root) {
    this.folder = folder;
    this.mpd = mpd;
    this.file = folder.name(mpd);
    this.bufferSeconds = Mpd.seconds(root.getAttribute("minBufferTime"), 0);
    this.totalSeconds = Mpd.seconds(root.getAttribute("mediaPresentationDuration"), -1);
  }

  /**
   * @throws DrmException with code {@code input-unreadable}, {@code not-an-mpd} or one of {@link
   *     SafeXml#parse}
   */
  public static Manifest read(PresentationFolder folder, Path mpd) {
    Element root = SafeXml.parse(folder.read(mpd)).getDocumentElement();
    if (!"MPD".equals(root.getLocalName())) {
      throw new DrmException(
          DrmException.Blame.CALLER,
          "not-an-mpd",
          "%s has the root element %s.".formatted(mpd, root.getNodeName()),
          "Give an MPD.");
    }
    MpdReader reader = new MpdReader(folder, mpd, root);
    List<Element> periods = Mpd.children(root, "Period");
    for (int i = 0; i < periods.size(); i++) {
      double seconds = reader.periodSeconds(periods, i);
      for (Element set : Mpd.children(periods.get(i), "AdaptationSet")) {
        for (Element representation : Mpd.children(set, "Representation")) {
          List<Element> levels = List.of(root, periods.get(i), set, representation);
          if (MpdThumbnails.is(set, representation)) {
            double start = Mpd.seconds(periods.get(i).getAttribute("start"), i == 0 ? 0 : -1);
            reader.thumbnails(levels, start, seconds);
          } else {
            reader.track(levels, seconds);
          }
        }
      }
    }
    return new Manifest(reader.tracks, List.of(), List.of(), reader.thumbnails);
  }

  /** Negative if it is not known. */
  private double periodSeconds(List<Element> periods, int i) {
    double stated = Mpd.seconds(periods.get(i).getAttribute("duration"), -1);
    if (stated >= 0) {
      return stated;
    }
    double start = Mpd.seconds(periods.get(i).getAttribute("start"), i == 0 ? 0 : -1);
    double end =
        i + 1 < periods.size()
            ? Mpd.seconds(periods.get(i + 1).getAttribute("start"), -1)
            : totalSeconds;
    return start < 0 || end < start ? -1 : end - start;
  }

  private void thumbnails(List<Element> levels, double start, double seconds) {
    String place = file + " " + SafeXml.path(levels.get(3));
    SegmentList segments = new SegmentList(folder, mpd, baseUrl(levels), place, levels);
    thumbnails.add(MpdThumbnails.read(segments, place, levels, start, seconds));
  }

  private void track(List<Element> levels, double periodSeconds) {
    Element representation = levels.get(3);
    String place = file + " " + SafeXml.path(representation);
    String base = baseUrl(levels);
    SegmentList segments = new SegmentList(folder, mpd, base, place, levels);
    MediaPiece init = segments.init();
    List<DescribedSegment> media = init == null ? List.of() : segments.media(periodSeconds);
    if (init == null || media.isEmpty()) {
      folder.problem("no-segments", place, "nothing of it can be read");
      return;
    }
    tracks.add(
        new DescribedTrack(
            place,
            MpdChoice.read(levels.get(2), representation),
            false,
            init,
            null,
            media,
            MpdProtection.read(folder, file, levels.subList(2, 4)),
            DescribedFormat.of(
                inherited(levels, "codecs"),
                Mpd.number(representation, "width", 0),
                Mpd.number(representation, "height", 0),
                inherited(levels, "frameRate")),
            Mpd.number(representation, "bandwidth", 0),
            bufferSeconds));
  }

  /** Of a Representation, or of its AdaptationSet. */
  private static String inherited(List<Element> levels, String attribute) {
    String own = levels.get(3).getAttribute(attribute);
    return own.isEmpty() ? levels.get(2).getAttribute(attribute) : own;
  }

  /** Joined over the levels, as each is relative to the one above; empty if there is none. */
  private static String baseUrl(List<Element> levels) {
    String base = "";
    for (Element level : levels) {
      Element element = Mpd.child(level, "BaseURL");
      base = join(base, element == null ? null : element.getTextContent().strip());
    }
    return base;
  }

  /** Only the last segment of a relative reference is a file. */
  static String join(String base, @Nullable String reference) {
    if (reference == null || reference.isEmpty()) {
      return base;
    }
    if (reference.startsWith("/") || reference.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      return reference;
    }
    return base.substring(0, base.lastIndexOf('/') + 1) + reference;
  }
}

package io.keymux.packager.verify.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Reads a Representation of images.
 *
 * @see "DASH-IF IOP 4.3, 6.2.6 Tiles of thumbnail images"
 */
final class MpdThumbnails {
  private static final Set<String> TILES =
      Set.of("http://dashif.org/guidelines/thumbnail_tile", "http://dashif.org/thumbnail_tile");

  private MpdThumbnails() {}

  /** Whether it is one of images: by its content type, or that of its set, or its MIME type. */
  static boolean is(Element set, Element representation) {
    return set.getAttribute("contentType").equals("image")
        || set.getAttribute("mimeType").startsWith("image/")
        || representation.getAttribute("mimeType").startsWith("image/");
  }

  /**
   * @param levels from MPD to Representation
   * @param start of the Period in seconds; negative if not known
   * @param seconds of the Period; negative if not known
   */
  static DescribedThumbnails read(
      SegmentList segments, String place, List<Element> levels, double start, double seconds) {
    Element set = levels.get(2);
    Element representation = levels.get(3);
    String own = representation.getAttribute("mimeType");
    Grid grid = grid(set, representation);
    List<DescribedThumbnails.Image> images = new ArrayList<>();
    for (DescribedThumbnails.Image image : segments.images(seconds)) {
      images.add(
          new DescribedThumbnails.Image(
              image.piece(), image.start() + Math.max(0, start), image.seconds()));
    }
    double longest =
        images.stream().mapToDouble(DescribedThumbnails.Image::seconds).max().orElse(0);
    long count = (long) grid.columns() * grid.rows();
    return new DescribedThumbnails(
        place,
        false,
        own.isEmpty() ? set.getAttribute("mimeType") : own,
        grid.columns(),
        grid.rows(),
        Mpd.number(representation, "width", Mpd.number(set, "width", 0)),
        Mpd.number(representation, "height", Mpd.number(set, "height", 0)),
        Mpd.number(representation, "bandwidth", 0),
        count == 0 ? 0 : longest / count,
        start < 0 || seconds < 0 ? -1 : start + seconds,
        images);
  }

  /** Players pass over images without one. */
  private static Grid grid(Element set, Element representation) {
    List<Element> properties = new ArrayList<>(Mpd.children(representation, "EssentialProperty"));
    properties.addAll(Mpd.children(representation, "SupplementalProperty"));
    properties.addAll(Mpd.children(set, "EssentialProperty"));
    return properties.stream()
        .filter(property -> TILES.contains(property.getAttribute("schemeIdUri")))
        .map(property -> Grid.of(property.getAttribute("value")))
        .findFirst()
        .orElse(new Grid(0, 0));
  }
}

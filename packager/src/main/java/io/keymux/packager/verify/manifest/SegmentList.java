package io.keymux.packager.verify.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * The init segment and media segments of a Representation, by SegmentTemplate, SegmentList or
 * SegmentBase.
 *
 * @see "ISO/IEC 23009-1, 5.3.9 Segments and Segment information"
 */
final class SegmentList {
  private final PresentationFolder folder;
  private final Path at;
  private final String base;
  private final String place;
  private final List<Element> templates;
  private final List<Element> lists;
  private final List<Element> bases;
  private final UrlTemplate template;

  /**
   * @param levels from MPD to Representation
   */
  SegmentList(
      PresentationFolder folder, Path mpd, String base, String place, List<Element> levels) {
    this.folder = folder;
    this.at = mpd.toAbsolutePath().resolveSibling("");
    this.base = base;
    this.place = place;
    this.templates = inherited(levels, "SegmentTemplate");
    this.lists = inherited(levels, "SegmentList");
    this.bases = inherited(levels, "SegmentBase");
    Element representation = levels.get(levels.size() - 1);
    this.template =
        new UrlTemplate(
            representation.getAttribute("id"), Mpd.number(representation, "bandwidth", 0));
  }

  /** Nearest first. */
  private static List<Element> inherited(List<Element> levels, String name) {
    List<Element> found = new ArrayList<>();
    for (Element level : levels) {
      Element element = Mpd.child(level, name);
      if (element != null) {
        found.add(0, element);
      }
    }
    return found;
  }

  @Nullable MediaPiece init() {
    String pattern = attribute(templates, "initialization");
    if (!pattern.isEmpty()) {
      String url = template.expand(pattern, 0, 0);
      return url == null ? badTemplate(pattern) : piece(url, null);
    }
    Element initialization = child(bases, "Initialization");
    if (initialization == null) {
      initialization = child(lists, "Initialization");
    }
    if (initialization == null) {
      initialization = child(templates, "Initialization");
    }
    if (initialization == null) {
      return selfInitialised();
    }
    return range(initialization.getAttribute("sourceURL"), initialization.getAttribute("range"));
  }

  /** Without a word on the init segment it ends where the index begins. */
  private @Nullable MediaPiece selfInitialised() {
    PieceRange index = PieceRange.ofFirstLast(attribute(bases, "indexRange"));
    if (index == null) {
      folder.problem("no-init-segment", place, "neither an init segment nor an index is named");
      return null;
    }
    return piece("", new PieceRange(0, index.offset()));
  }

  List<DescribedSegment> media(double periodSeconds) {
    if (!templates.isEmpty() && !attribute(templates, "media").isEmpty()) {
      return fromTemplate(periodSeconds);
    }
    if (!lists.isEmpty()) {
      return fromList(periodSeconds);
    }
    String index = attribute(bases, "indexRange");
    MediaPiece piece = index.isEmpty() ? null : range("", index);
    return piece == null ? List.of() : SegmentIndexReader.read(folder, piece, place);
  }

  private List<DescribedSegment> fromTemplate(double periodSeconds) {
    String pattern = attribute(templates, "media");
    long number = number(templates, "startNumber", 1);
    List<DescribedSegment> segments = new ArrayList<>();
    for (MpdTimeline.Slot slot : timeline(templates, periodSeconds)) {
      String url = template.expand(pattern, number++, slot.time());
      if (url == null) {
        badTemplate(pattern);
        return segments;
      }
      MediaPiece piece = piece(url, null);
      if (piece != null) {
        segments.add(new DescribedSegment(piece, slot.seconds()));
      }
    }
    return segments;
  }

  /** Whole files, with their times from where the Period starts. */
  List<DescribedThumbnails.Image> images(double periodSeconds) {
    String pattern = attribute(templates, "media");
    return pattern.isEmpty() ? listed(periodSeconds) : counted(pattern, periodSeconds);
  }

  /** By a SegmentList; else the whole Period has one image. */
  private List<DescribedThumbnails.Image> listed(double periodSeconds) {
    List<DescribedThumbnails.Image> images = new ArrayList<>();
    if (lists.isEmpty()) {
      MediaPiece piece = piece("", null);
      if (piece != null) {
        images.add(new DescribedThumbnails.Image(piece, 0, periodSeconds));
      }
      return images;
    }
    double constant =
        number(lists, "duration", 0) / (double) Math.max(1, number(lists, "timescale", 1));
    double time = 0;
    for (DescribedSegment segment : fromList(periodSeconds)) {
      double seconds = segment.seconds() > 0 ? segment.seconds() : constant;
      images.add(new DescribedThumbnails.Image(segment.piece(), time, seconds));
      time += seconds;
    }
    return images;
  }

  private List<DescribedThumbnails.Image> counted(String pattern, double periodSeconds) {
    double ticks = Math.max(1, number(templates, "timescale", 1));
    double constant = number(templates, "duration", 0) / ticks;
    boolean timed = child(templates, "SegmentTimeline") != null;
    double offset = timed ? number(templates, "presentationTimeOffset", 0) / ticks : 0;
    long number = number(templates, "startNumber", 1);
    List<DescribedThumbnails.Image> images = new ArrayList<>();
    for (MpdTimeline.Slot slot : timeline(templates, periodSeconds)) {
      String url = template.expand(pattern, number++, slot.time());
      MediaPiece piece = url == null ? badTemplate(pattern) : piece(url, null);
      if (piece != null) {
        images.add(
            new DescribedThumbnails.Image(
                piece, slot.time() / ticks - offset, timed ? slot.seconds() : constant));
      }
    }
    return images;
  }

  private List<DescribedSegment> fromList(double periodSeconds) {
    List<MpdTimeline.Slot> slots = timeline(lists, periodSeconds);
    List<DescribedSegment> segments = new ArrayList<>();
    List<Element> urls = Mpd.children(lists.get(0), "SegmentURL");
    for (int i = 0; i < urls.size(); i++) {
      MediaPiece piece =
          range(urls.get(i).getAttribute("media"), urls.get(i).getAttribute("mediaRange"));
      if (piece != null) {
        double seconds = i < slots.size() ? slots.get(i).seconds() : DescribedSegment.UNKNOWN;
        segments.add(new DescribedSegment(piece, seconds));
      }
    }
    return segments;
  }

  private List<MpdTimeline.Slot> timeline(List<Element> elements, double periodSeconds) {
    MpdTimeline timeline =
        new MpdTimeline(
            number(elements, "timescale", 1),
            number(elements, "presentationTimeOffset", 0),
            periodSeconds);
    Element written = child(elements, "SegmentTimeline");
    List<MpdTimeline.Slot> slots =
        written != null
            ? timeline.ofElements(Mpd.children(written, "S"))
            : timeline.ofDuration(number(elements, "duration", 0));
    if (slots == null) {
      folder.problem("too-many-segments", place, "more than " + MpdTimeline.MAX_SEGMENTS);
      return List.of();
    }
    return slots;
  }

  private @Nullable MediaPiece range(String url, String range) {
    if (range.isEmpty()) {
      return piece(url, null);
    }
    PieceRange parsed = PieceRange.ofFirstLast(range);
    if (parsed == null) {
      folder.problem("range-malformed", place, "\"" + range + "\" is not first-last");
      return null;
    }
    return piece(url, parsed);
  }

  private @Nullable MediaPiece piece(String url, @Nullable PieceRange range) {
    return folder.piece(at, MpdReader.join(base, url), range, place);
  }

  private @Nullable MediaPiece badTemplate(String pattern) {
    folder.problem(
        "template-malformed", place, "\"" + pattern + "\" has an identifier that is not known");
    return null;
  }

  private static String attribute(List<Element> elements, String name) {
    return elements.stream()
        .filter(element -> element.hasAttribute(name))
        .map(element -> element.getAttribute(name))
        .findFirst()
        .orElse("");
  }

  private static long number(List<Element> elements, String name, long absent) {
    return elements.stream()
        .filter(element -> element.hasAttribute(name))
        .map(element -> Mpd.number(element, name, absent))
        .findFirst()
        .orElse(absent);
  }

  private static @Nullable Element child(List<Element> elements, String name) {
    for (Element element : elements) {
      Element child = Mpd.child(element, name);
      if (child != null) {
        return child;
      }
    }
    return null;
  }
}

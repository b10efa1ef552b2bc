package io.keymux.packager.dash;

import io.keymux.packager.image.ImageFormat;
import io.keymux.packager.media.RelativeUrl;
import io.keymux.packager.media.ThumbnailTrack;
import java.util.List;

/**
 * Writes AdaptationSet elements of thumbnails, one for each format.
 *
 * <p>Images are counted by their duration where they begin with the Period and last as long as it
 * does, which every player understands. In any other Period, a timeline says what can be counted in
 * no other way: that the first image began earlier, or that the last one ends earlier.
 *
 * @see "DASH-IF IOP 4.3, 6.2.6 Tiles of thumbnail images"
 */
final class ImageSetWriter {
  private static final long MICROS = 1_000_000;

  /** Instants that are nearer to each other are the same. */
  private static final long SAME_MICROS = 1000;

  private final XmlWriter xml;
  private final long start;
  private final long end;

  /**
   * @param start of the Period in the presentation, in microseconds
   * @param end likewise
   */
  ImageSetWriter(XmlWriter xml, long start, long end) {
    this.xml = xml;
    this.start = start;
    this.end = end;
  }

  /**
   * @param sets how many the Period has already
   */
  void write(List<ThumbnailTrack> thumbnails, int sets) {
    int id = sets;
    for (ImageFormat format : ImageFormat.values()) {
      List<ThumbnailTrack> tracks =
          thumbnails.stream().filter(t -> t.format() == format && first(t) < end(t)).toList();
      if (!tracks.isEmpty()) {
        id++;
        set(id, format, tracks);
      }
    }
  }

  private void set(int id, ImageFormat format, List<ThumbnailTrack> tracks) {
    xml.element(
        "AdaptationSet",
        () -> {
          xml.attribute("id", id)
              .attribute("contentType", "image")
              .attribute("mimeType", format.mimeType());
          tracks.forEach(track -> xml.element("Representation", () -> representation(track)));
        });
  }

  private void representation(ThumbnailTrack track) {
    xml.attribute("id", track.name())
        .attribute("bandwidth", track.bandwidth())
        .attribute("width", track.imageWidth())
        .attribute("height", track.imageHeight())
        .descriptor(
            "EssentialProperty",
            "http://dashif.org/guidelines/thumbnail_tile",
            track.tiling().layout())
        .element("SegmentTemplate", () -> template(track));
  }

  private void template(ThumbnailTrack track) {
    int first = first(track);
    long image = track.tiling().imageMicros();
    long ticks = timescale(image);
    boolean counted = Math.abs(start - first * image) < SAME_MICROS && end(track) * image >= end;
    if (!counted) {
      ticks = timescale(image, start);
    }
    String path = track.path(0);
    xml.attribute("timescale", ticks);
    if (start > 0) {
      xml.attribute("presentationTimeOffset", ticks(counted ? first * image : start, ticks));
    }
    xml.attribute(
            "media",
            RelativeUrl.of(path.substring(0, path.lastIndexOf('1')))
                + "$Number$."
                + track.format().extension())
        .attribute("startNumber", first + 1);
    if (counted) {
      xml.attribute("duration", ticks(image, ticks));
      return;
    }
    long scale = ticks;
    xml.element(
        "SegmentTimeline",
        () -> xml.element("S", () -> run(first, end(track) - first - 1, image, scale)));
  }

  private void run(int first, int repeats, long image, long scale) {
    xml.attribute("t", ticks(first * image, scale)).attribute("d", ticks(image, scale));
    if (repeats > 0) {
      xml.attribute("r", repeats);
    }
  }

  /** Index of the first image that the Period shows something of. */
  private int first(ThumbnailTrack track) {
    return (int) ((start + SAME_MICROS) / track.tiling().imageMicros());
  }

  /** Index behind the last image that the Period shows something of. */
  private int end(ThumbnailTrack track) {
    long image = track.tiling().imageMicros();
    return (int) Math.min(track.images().size(), (end - SAME_MICROS + image - 1) / image);
  }

  /** The smallest in which all of these have no fraction. */
  private static long timescale(long... micros) {
    long divisor = MICROS;
    for (long value : micros) {
      divisor = gcd(divisor, value);
    }
    return MICROS / divisor;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static long ticks(long micros, long timescale) {
    return micros / (MICROS / timescale);
  }
}

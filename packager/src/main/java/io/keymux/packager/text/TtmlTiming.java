package io.keymux.packager.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * When elements of a document are shown. What cannot be read counts as always, so nothing is lost
 * by it.
 *
 * @param known whether times are on the media's time base
 * @param framesPerSecond above 0
 * @param ticksPerSecond above 0
 * @see "TTML2, 12.3.1 Time expressions"
 */
record TtmlTiming(boolean known, double framesPerSecond, double subFrames, double ticksPerSecond) {
  private static final double ABSENT = -1;
  private static final double UNREADABLE = -2;
  private static final String PARAMETER = "http://www.w3.org/ns/ttml#parameter";
  private static final Pattern CLOCK =
      Pattern.compile(
          "(\\d{2,9}):(\\d{2}):(\\d{2})(?:(\\.\\d{1,9})|:(\\d{2,9})(?:\\.(\\d{1,9}))?)?");
  private static final Pattern OFFSET =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(h|ms|m|s|f|t)");

  /**
   * In milliseconds.
   *
   * @param end excluded; infinite if nothing ends it
   */
  record Interval(double start, double end) {
    static final Interval ALWAYS = new Interval(0, Double.POSITIVE_INFINITY);

    boolean meets(long from, long to) {
      return start < to && end > from;
    }
  }

  static TtmlTiming of(Element root) {
    String base = root.getAttributeNS(PARAMETER, "timeBase");
    double declared = number(root.getAttributeNS(PARAMETER, "frameRate"), 0);
    double frames = declared > 0 ? declared : 30;
    String[] ratio =
        root.getAttributeNS(PARAMETER, "frameRateMultiplier").strip().split("\\s+", -1);
    if (ratio.length == 2 && number(ratio[0], 0) > 0 && number(ratio[1], 0) > 0) {
      frames = frames * number(ratio[0], 1) / number(ratio[1], 1);
    }
    double subFrames = number(root.getAttributeNS(PARAMETER, "subFrameRate"), 1);
    double usual = declared > 0 ? frames * subFrames : 1;
    double ticks = number(root.getAttributeNS(PARAMETER, "tickRate"), usual);
    return new TtmlTiming(
        (base.isEmpty() || base.equals("media")) && subFrames > 0 && ticks > 0,
        frames,
        subFrames,
        ticks);
  }

  /** When an element is shown whose parent, in parallel with its other children, is shown then. */
  Interval inside(Element element, Interval parent) {
    double begin = millis(element, "begin");
    double end = millis(element, "end");
    double duration = millis(element, "dur");
    if (!known || begin == UNREADABLE || end == UNREADABLE || duration == UNREADABLE) {
      return parent;
    }
    double from = parent.start + (begin == ABSENT ? 0 : begin);
    double to = parent.end;
    if (end != ABSENT) {
      to = Math.min(to, parent.start + end);
    }
    if (duration != ABSENT) {
      to = Math.min(to, from + duration);
    }
    return new Interval(from, to);
  }

  private double millis(Element element, String attribute) {
    if (!element.hasAttribute(attribute)) {
      return ABSENT;
    }
    String text = element.getAttribute(attribute).strip();
    Matcher clock = CLOCK.matcher(text);
    if (clock.matches()) {
      double seconds =
          Double.parseDouble(clock.group(1)) * 3600
              + Double.parseDouble(clock.group(2)) * 60
              + Double.parseDouble(clock.group(3));
      if (clock.group(4) != null) {
        seconds += Double.parseDouble("0" + clock.group(4));
      }
      if (clock.group(5) != null) {
        String sub = clock.group(6);
        double frames = Double.parseDouble(clock.group(5));
        seconds +=
            (frames + (sub == null ? 0 : Double.parseDouble(sub) / subFrames)) / framesPerSecond;
      }
      return seconds * 1000;
    }
    Matcher offset = OFFSET.matcher(text);
    if (!offset.matches()) {
      return UNREADABLE;
    }
    double value = Double.parseDouble(offset.group(1));
    return switch (offset.group(2)) {
      case "h" -> value * 3_600_000;
      case "m" -> value * 60_000;
      case "s" -> value * 1000;
      case "ms" -> value;
      case "f" -> value * 1000 / framesPerSecond;
      default -> value * 1000 / ticksPerSecond;
    };
  }

  private static double number(String text, double otherwise) {
    String digits = text.strip();
    return digits.matches("\\d{1,9}") ? Double.parseDouble(digits) : otherwise;
  }
}

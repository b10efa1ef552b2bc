package io.keymux.api.keyserver.speke;

import io.keymux.cpix.xml.CpixDom;
import org.w3c.dom.Element;

/**
 * The bounds of a filter, both inclusive.
 *
 * @param min 0 if there is no lower bound
 * @param max 0 if there is no upper bound
 */
record PixelRange(long min, long max) {
  /** 1920x1080: above it, content providers demand stronger protection than audio gets. */
  private static final long HD_PIXELS = 2_073_600;

  private static final int MAX_DIGITS = 18;

  /**
   * @throws SpekeRefusal if a bound is no number, or the lower one is above the upper one
   */
  static PixelRange of(Element filter, String min, String max) {
    PixelRange range = new PixelRange(number(filter, min), number(filter, max));
    if (filter.hasAttribute(max) && range.min > range.max) {
      throw SpekeRefusal.malformedContract();
    }
    return range;
  }

  boolean ultraHigh() {
    return min > HD_PIXELS || max > HD_PIXELS;
  }

  private static long number(Element filter, String name) {
    if (!filter.hasAttribute(name)) {
      return 0;
    }
    String text = CpixDom.attribute(filter, name).orElse("");
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > MAX_DIGITS) {
      throw SpekeRefusal.malformedContract();
    }
    return Long.parseLong(text);
  }
}

package io.keymux.packager.verify.manifest;

import java.util.Arrays;
import java.util.List;

/**
 * What a manifest says about how media are coded.
 *
 * @param codecs RFC 6381 strings; none if it does not say
 * @param width in pixels, 0 if it does not say
 * @param height in pixels, 0 if it does not say
 * @param frameRate a second, 0 if it does not say
 */
public record DescribedFormat(List<String> codecs, long width, long height, double frameRate) {
  public static final DescribedFormat NONE = new DescribedFormat(List.of(), 0, 0, 0);

  public DescribedFormat {
    codecs = List.copyOf(codecs);
  }

  /**
   * @param codecs strings with commas between
   * @param frameRate a number or a fraction as {@code 30000/1001}
   */
  static DescribedFormat of(String codecs, long width, long height, String frameRate) {
    return new DescribedFormat(
        Arrays.stream(codecs.split(",", -1)).map(String::strip).filter(c -> !c.isEmpty()).toList(),
        width,
        height,
        rate(frameRate));
  }

  /** Of an EXT-X-STREAM-INF. */
  static DescribedFormat of(HlsAttributes stream) {
    String[] size = stream.text("RESOLUTION").split("x", -1);
    boolean known = size.length == 2 && size[0].matches("\\d{1,9}") && size[1].matches("\\d{1,9}");
    return of(
        stream.text("CODECS"),
        known ? Long.parseLong(size[0]) : 0,
        known ? Long.parseLong(size[1]) : 0,
        stream.text("FRAME-RATE"));
  }

  private static double rate(String text) {
    String[] parts = text.split("/", -1);
    for (String part : parts) {
      if (!part.matches("\\d{1,9}(\\.\\d{1,9})?")) {
        return 0;
      }
    }
    double divisor = parts.length > 1 ? Double.parseDouble(parts[1]) : 1;
    return parts.length > 2 || divisor == 0 ? 0 : Double.parseDouble(parts[0]) / divisor;
  }
}

package io.keymux.packager.verify.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The strings of a CODECS attribute. */
final class HlsCodecs {
  private static final Set<String> VIDEO =
      Set.of(
          "avc1", "avc3", "hvc1", "hev1", "dvh1", "dvhe", "dva1", "dvav", "dav1", "av01", "vp09",
          "vvc1", "vvi1");

  private HlsCodecs() {}

  static List<String> of(String attribute) {
    return Arrays.stream(attribute.split(",", -1))
        .map(String::strip)
        .filter(codec -> !codec.isEmpty())
        .toList();
  }

  static boolean isVideo(String codec) {
    int dot = codec.indexOf('.');
    return VIDEO.contains(dot < 0 ? codec : codec.substring(0, dot));
  }
}

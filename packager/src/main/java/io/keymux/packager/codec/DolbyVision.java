package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;
import java.util.Locale;

/**
 * The CODECS string of sample entries that only a Dolby Vision decoder may play. An {@code hvc1}
 * with Dolby Vision metadata is played by every HEVC decoder and keeps its own string.
 *
 * @see "Dolby Vision Streams Within the ISO Base Media File Format, 3.2 and 5"
 */
final class DolbyVision {
  private DolbyVision() {}

  static boolean isFormat(String format) {
    return switch (format) {
      case "dvh1", "dvhe", "dva1", "dvav" -> true;
      default -> false;
    };
  }

  /** Four-cc, profile and level: {@code dvh1.05.06}. */
  static String codecs(SampleEntry entry) {
    // Profiles up to 7 have dvcC, 8 to 10 dvvC, later ones dvwC.
    String box =
        entry.child("dvcC").isPresent()
            ? "dvcC"
            : entry.child("dvvC").isPresent() ? "dvvC" : "dvwC";
    BitReader in = BitReader.plain(box, SampleEntryBoxes.required(entry, box));
    in.skip(16); // dv_version_major, dv_version_minor
    int profile = in.bits(7);
    int level = in.bits(6);
    return String.format(Locale.ROOT, "%s.%02d.%02d", entry.format(), profile, level);
  }
}

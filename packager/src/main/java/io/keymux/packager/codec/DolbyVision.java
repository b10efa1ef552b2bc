package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The CODECS string of sample entries that only a Dolby Vision decoder may play, and the
 * supplemental one of those that every decoder of the base codec plays, where Dolby Vision metadata
 * lies beside.
 *
 * @see "Dolby Vision Streams Within the ISO Base Media File Format, 2.2, 3.2 and 5; Dolby Vision
 *     Streams Within the HTTP Live Streaming Format, 3"
 */
final class DolbyVision {
  /** Profiles up to 7 have dvcC, 8 to 10 dvvC, later ones dvwC. */
  private static final List<String> BOXES = List.of("dvcC", "dvvC", "dvwC");

  private static final int BT2020_TRANSFER = 14;

  private DolbyVision() {}

  /** What is used of a Dolby Vision configuration record. */
  private record Configuration(int profile, int level, int baseCompatibility) {
    String codecs(String format) {
      return String.format(Locale.ROOT, "%s.%02d.%02d", format, profile, level);
    }
  }

  static boolean isFormat(String format) {
    return switch (format) {
      case "dvh1", "dvhe", "dva1", "dvav", "dav1" -> true;
      default -> false;
    };
  }

  /** Four-cc, profile and level: {@code dvh1.05.06}. */
  static String codecs(SampleEntry entry) {
    String box = BOXES.stream().filter(b -> entry.child(b).isPresent()).findFirst().orElse("dvwC");
    return read(entry, box).codecs(entry.format());
  }

  /** A stream that only Dolby Vision decoders play is PQ unless it says otherwise. */
  static VideoRange range(Colour colour) {
    return colour.range() == VideoRange.SDR ? VideoRange.PQ : colour.range();
  }

  /**
   * Dolby Vision over a base layer that other decoders play.
   *
   * @param colour of the base layer
   * @return null if the entry is not of a base codec, has no Dolby Vision configuration, or one
   *     that is not made for streaming beside its base layer
   */
  static @Nullable SupplementalCodec supplemental(SampleEntry entry, Colour colour) {
    String format = supplementalFormat(entry.format());
    for (String box : BOXES) {
      if (format != null && entry.child(box).isPresent()) {
        Configuration configuration = read(entry, box);
        String brand = brand(configuration.baseCompatibility, colour);
        return configuration.profile < 8 || brand == null
            ? null
            : new SupplementalCodec(configuration.codecs(format), brand);
      }
    }
    return null;
  }

  private static Configuration read(SampleEntry entry, String box) {
    BitReader in = BitReader.plain(box, SampleEntryBoxes.required(entry, box));
    in.skip(16); // dv_version_major, dv_version_minor
    int profile = in.bits(7);
    int level = in.bits(6);
    in.skip(3); // rpu_present_flag, el_present_flag, bl_present_flag
    return new Configuration(profile, level, in.bits(4));
  }

  private static @Nullable String supplementalFormat(String format) {
    return switch (format) {
      case "hvc1" -> "dvh1";
      case "hev1" -> "dvhe";
      case "avc1" -> "dva1";
      case "avc3" -> "dvav";
      case "av01" -> "dav1";
      default -> null;
    };
  }

  private static @Nullable String brand(int baseCompatibility, Colour colour) {
    return switch (baseCompatibility) {
      case 1 -> "db1p";
      case 2 -> "db2g";
      case 4 -> colour.transfer() == BT2020_TRANSFER ? "db4g" : "db4h";
      default -> null;
    };
  }
}

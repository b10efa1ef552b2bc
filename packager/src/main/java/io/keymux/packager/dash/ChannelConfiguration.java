package io.keymux.packager.dash;

import org.jspecify.annotations.Nullable;

/**
 * An AudioChannelConfiguration descriptor for a number of channels in its usual layout. A number
 * that has no usual layout has no descriptor.
 *
 * @see "ISO/IEC 23091-3 (CICP), ChannelConfiguration"
 * @see "ETSI TS 102 366, table E.5: channel map, as DASH-IF IOP uses it for Dolby audio"
 */
record ChannelConfiguration(String scheme, String value) {
  private static final String CICP = "urn:mpeg:mpegB:cicp:ChannelConfiguration";
  private static final String DOLBY = "tag:dolby.com,2014:dash:audio_channel_configuration:2011";

  static @Nullable ChannelConfiguration of(String codecs, int channels) {
    boolean dolby = codecs.equals("ac-3") || codecs.equals("ec-3");
    String value = dolby ? dolbyMask(channels) : cicp(channels);
    return value == null ? null : new ChannelConfiguration(dolby ? DOLBY : CICP, value);
  }

  private static @Nullable String cicp(int channels) {
    return switch (channels) {
      case 1, 2, 3, 4, 5, 6 -> Integer.toString(channels);
      case 7 -> "11";
      // 7.1 with rear speakers; 7 would be 7.1 with two more in front, which cinemas have.
      case 8 -> "12";
      case 24 -> "13";
      default -> null;
    };
  }

  private static @Nullable String dolbyMask(int channels) {
    return switch (channels) {
      case 1 -> "4000";
      case 2 -> "A000";
      case 5 -> "F800";
      case 6 -> "F801";
      case 8 -> "FA01";
      default -> null;
    };
  }
}

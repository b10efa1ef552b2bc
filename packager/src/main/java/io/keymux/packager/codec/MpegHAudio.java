package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;
import java.util.HexFormat;

/**
 * Reads sample entries of MPEG-H 3D Audio. CODECS name profile and level: {@code mhm1.0x0D}.
 *
 * @see "ISO/IEC 23008-3, 20.5 MHAConfigurationBox and 21 MIME parameters"
 */
final class MpegHAudio {
  // By ChannelConfiguration; 0 where the layout is in the stream.
  private static final int[] CHANNELS = {
    0, 1, 2, 3, 4, 5, 6, 8, 2, 3, 4, 7, 8, 24, 8, 12, 10, 12, 14, 12, 14
  };

  private MpegHAudio() {}

  static AudioConfig read(SampleEntry entry) {
    BitReader in = BitReader.plain("mhaC", SampleEntryBoxes.required(entry, "mhaC"));
    int version = in.bits(8);
    if (version != 1) {
      throw in.unsupported("configurationVersion " + version + ", where 1 is the published one");
    }
    String profileAndLevel = HexFormat.of().withUpperCase().toHexDigits((byte) in.bits(8));
    int layout = in.bits(8);
    return new AudioConfig(
        entry.format() + ".0x" + profileAndLevel,
        layout < CHANNELS.length ? CHANNELS[layout] : 0,
        0);
  }
}

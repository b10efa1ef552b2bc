package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import io.keymux.packager.isobmff.SampleEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameter sets of a sample entry, which a byte stream must carry itself.
 *
 * @param lengthSize bytes of the length in front of each NAL unit of a sample: 1, 2 or 4
 * @param nalUnits without lengths, in the order in which a decoder needs them; none may be there if
 *     the samples carry them
 */
public record ParameterSets(int lengthSize, List<Bytes> nalUnits) {
  public ParameterSets {
    nalUnits = List.copyOf(nalUnits);
  }

  /**
   * Reads {@code avcC}.
   *
   * @see "ISO/IEC 14496-15, 5.3.3.1 AVC decoder configuration record"
   */
  public static ParameterSets ofAvc(SampleEntry entry) {
    BitReader in = BitReader.plain("avcC", SampleEntryBoxes.required(entry, "avcC"));
    in.skip(8); // configurationVersion
    int profile = in.bits(8);
    in.skip(8 + 8); // profile_compatibility, level
    int lengthSize = SampleEntryBoxes.lengthSize(in);
    List<Bytes> sets = new ArrayList<>();
    in.skip(3);
    read(in, in.bits(5), sets);
    read(in, in.bits(8), sets);
    boolean extended = profile == 100 || profile == 110 || profile == 122 || profile == 144;
    // Many writers leave the extension out.
    if (extended && in.remaining() >= 32) {
      in.skip(24); // chroma_format, bit depths
      read(in, in.bits(8), sets);
    }
    return new ParameterSets(lengthSize, sets);
  }

  /**
   * Reads {@code hvcC}.
   *
   * @see "ISO/IEC 14496-15, 8.3.3.1 HEVC decoder configuration record"
   */
  public static ParameterSets ofHevc(SampleEntry entry) {
    BitReader in = BitReader.plain("hvcC", SampleEntryBoxes.required(entry, "hvcC"));
    in.skip(21 * 8);
    int lengthSize = SampleEntryBoxes.lengthSize(in);
    List<Bytes> sets = new ArrayList<>();
    for (int arrays = in.bits(8); arrays > 0; arrays--) {
      in.skip(8); // array_completeness, NAL_unit_type
      read(in, in.bits(16), sets);
    }
    return new ParameterSets(lengthSize, sets);
  }

  private static void read(BitReader in, int count, List<Bytes> to) {
    for (int i = 0; i < count; i++) {
      byte[] nal = in.bytes(in.bits(16));
      if (nal.length > 0) {
        to.add(Bytes.copyOf(nal));
      }
    }
  }
}

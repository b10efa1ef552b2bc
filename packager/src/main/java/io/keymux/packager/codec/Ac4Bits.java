package io.keymux.packager.codec;

/**
 * Codes of AC-4 syntax.
 *
 * @see "ETSI TS 103 190-1, 4.2.2 variable_bits"
 */
final class Ac4Bits {
  private Ac4Bits() {}

  /** A number in groups of {@code bits} bits, each with a flag behind that says whether it ends. */
  static int variable(BitReader in, int bits) {
    int value = in.bits(bits);
    while (in.flag()) {
      if (value >= 1 << 20) {
        throw in.malformed("a variable_bits code of more than 20 bits");
      }
      value = ((value + 1) << bits) + in.bits(bits);
    }
    return value;
  }

  /** Skips a {@code substream_index} and its escape. */
  static void skipIndex(BitReader in) {
    if (in.bits(2) == 3) {
      variable(in, 2);
    }
  }
}

package io.keymux.packager.codec;

/**
 * The global motion of a frame: read for its values, as those of the next frames are coded as
 * differences, in as many bits as these take.
 *
 * @see "AV1 specification, 5.9.24 Global motion params syntax to 5.9.29"
 */
final class Av1GlobalMotion {
  private static final int REFERENCES = 7;
  private static final int MODEL = 6;
  static final int PARAMETERS = REFERENCES * MODEL;

  private static final int PRECISION = 16;
  private static final int ALPHA_BITS = 12;
  private static final int ALPHA_PRECISION = 15;
  private static final int TRANSLATION_BITS = 12;
  private static final int TRANSLATION_PRECISION = 6;
  private static final int TRANSLATION_ONLY_BITS = 9;
  private static final int TRANSLATION_ONLY_PRECISION = 3;

  private final int[] previous = new int[PARAMETERS];
  private final int[] current = new int[PARAMETERS];

  static void setIdentity(int[] parameters) {
    for (int i = 0; i < PARAMETERS; i++) {
      parameters[i] = i % MODEL % 3 == 2 ? 1 << PRECISION : 0;
    }
  }

  /** Forgets the frames before. */
  void reset() {
    setIdentity(previous);
  }

  /** Starts from that of a reference slot. */
  void load(int[] saved) {
    System.arraycopy(saved, 0, previous, 0, PARAMETERS);
  }

  void save(int[] into) {
    System.arraycopy(current, 0, into, 0, PARAMETERS);
  }

  void read(Av1BitReader in, boolean intra, boolean highPrecision) {
    setIdentity(current);
    if (intra) {
      return;
    }
    for (int at = 0; at < PARAMETERS; at += MODEL) {
      if (in.flag()) {
        boolean rotation = in.flag();
        boolean translation = !rotation && in.flag();
        readModel(in, at, rotation, translation, highPrecision);
      }
    }
  }

  private void readModel(
      Av1BitReader in, int at, boolean rotation, boolean translation, boolean highPrecision) {
    if (!translation) {
      readAlpha(in, at + 2);
      readAlpha(in, at + 3);
      if (rotation) {
        current[at + 4] = -current[at + 3];
        current[at + 5] = current[at + 2];
      } else {
        readAlpha(in, at + 4);
        readAlpha(in, at + 5);
      }
    }
    int coarse = highPrecision ? 0 : 1;
    int bits = translation ? TRANSLATION_ONLY_BITS - coarse : TRANSLATION_BITS;
    int precision = translation ? TRANSLATION_ONLY_PRECISION - coarse : TRANSLATION_PRECISION;
    readParameter(in, at, bits, precision, false);
    readParameter(in, at + 1, bits, precision, false);
  }

  private void readAlpha(Av1BitReader in, int at) {
    readParameter(in, at, ALPHA_BITS, ALPHA_PRECISION, at % MODEL % 3 == 2);
  }

  private void readParameter(Av1BitReader in, int at, int bits, int precision, boolean aroundOne) {
    int shift = PRECISION - precision;
    int reference = (previous[at] >> shift) - (aroundOne ? 1 << precision : 0);
    int limit = 1 << bits;
    int value = readUnsigned(in, 2 * limit + 1, reference + limit) - limit;
    current[at] = (value << shift) + (aroundOne ? 1 << PRECISION : 0);
  }

  /** decode_unsigned_subexp_with_ref. */
  private static int readUnsigned(Av1BitReader in, int count, int reference) {
    int value = readSubexponential(in, count);
    return reference << 1 <= count
        ? recenter(reference, value)
        : count - 1 - recenter(count - 1 - reference, value);
  }

  private static int readSubexponential(Av1BitReader in, int count) {
    int base = 0;
    int bits = 3;
    while (count > base + 3 * (1 << bits)) {
      if (!in.flag()) {
        return base + in.bits(bits);
      }
      // The first two steps are of the same size.
      int step = 1 << bits;
      bits += base == 0 ? 0 : 1;
      base += step;
    }
    return base + in.nonSymmetric(count - base);
  }

  private static int recenter(int reference, int value) {
    if (value > 2 * reference) {
      return value;
    }
    return (value & 1) == 1 ? reference - ((value + 1) >> 1) : reference + (value >> 1);
  }
}

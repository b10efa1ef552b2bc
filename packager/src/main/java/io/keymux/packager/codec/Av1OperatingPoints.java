package io.keymux.packager.codec;

/**
 * Timing, decoder model and operating points of a sequence header: they decide how long some fields
 * of frame headers are, and nothing else here. Every layer is read and protected, whichever a
 * player chooses.
 *
 * @see "AV1 specification, 5.5.1 General sequence header OBU syntax, 5.5.3 to 5.5.5"
 */
final class Av1OperatingPoints {
  private final int[] layers;
  private final boolean[] modelPresent;
  private boolean decoderModel;
  private boolean equalInterval;
  private int delayBits;
  private int removalTimeBits;
  private int presentationTimeBits;
  private int level;
  private int tier;

  private Av1OperatingPoints(int count) {
    layers = new int[count];
    modelPresent = new boolean[count];
  }

  /** The only point of a reduced still picture header. */
  static Av1OperatingPoints readStill(Av1BitReader in) {
    Av1OperatingPoints points = new Av1OperatingPoints(1);
    points.level = in.bits(5);
    return points;
  }

  static Av1OperatingPoints read(Av1BitReader in) {
    boolean equalInterval = false;
    boolean decoderModel = false;
    int delayBits = 0;
    int removalTimeBits = 0;
    int presentationTimeBits = 0;
    if (in.flag()) {
      in.skip(32 + 32); // num_units_in_display_tick, time_scale
      equalInterval = in.flag();
      if (equalInterval) {
        in.skipVariableLength(); // num_ticks_per_picture_minus_1
      }
      decoderModel = in.flag();
      if (decoderModel) {
        delayBits = in.bits(5) + 1;
        in.skip(32); // num_units_in_decoding_tick
        removalTimeBits = in.bits(5) + 1;
        presentationTimeBits = in.bits(5) + 1;
      }
    }
    boolean displayDelays = in.flag();
    Av1OperatingPoints points = new Av1OperatingPoints(in.bits(5) + 1);
    points.equalInterval = equalInterval;
    points.decoderModel = decoderModel;
    points.delayBits = delayBits;
    points.removalTimeBits = removalTimeBits;
    points.presentationTimeBits = presentationTimeBits;
    for (int i = 0; i < points.layers.length; i++) {
      points.readPoint(in, i, displayDelays);
    }
    return points;
  }

  private void readPoint(Av1BitReader in, int i, boolean displayDelays) {
    layers[i] = in.bits(12);
    int pointLevel = in.bits(5);
    int pointTier = pointLevel > 7 ? in.bits(1) : 0;
    if (i == 0) {
      level = pointLevel;
      tier = pointTier;
    }
    if (decoderModel && in.flag()) {
      modelPresent[i] = true;
      in.skip(2 * delayBits + 1); // decoder and encoder delay, low_delay_mode_flag
    }
    if (displayDelays && in.flag()) {
      in.skip(4); // initial_display_delay_minus_1
    }
  }

  /** Of the first point: seq_level_idx. */
  int level() {
    return level;
  }

  /** Of the first point: 0 is Main, 1 is High. */
  int tier() {
    return tier;
  }

  /** Skips temporal_point_info, where frames have it. */
  void skipPresentationTime(Av1BitReader in) {
    if (decoderModel && !equalInterval) {
      in.skip(presentationTimeBits);
    }
  }

  /** Skips the buffer removal times of a frame of these layers, where frames have them. */
  void skipRemovalTimes(Av1BitReader in, int temporalId, int spatialId) {
    if (!decoderModel || !in.flag()) {
      return;
    }
    for (int i = 0; i < layers.length; i++) {
      boolean concerned =
          layers[i] == 0
              || (((layers[i] >> temporalId) & 1) != 0
                  && ((layers[i] >> (spatialId + 8)) & 1) != 0);
      if (modelPresent[i] && concerned) {
        in.skip(removalTimeBits);
      }
    }
  }
}

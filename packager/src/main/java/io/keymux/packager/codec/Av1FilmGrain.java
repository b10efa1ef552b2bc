package io.keymux.packager.codec;

/**
 * Skips film grain, the last part of a frame header.
 *
 * @see "AV1 specification, 5.9.30 Film grain params syntax"
 */
final class Av1FilmGrain {
  private Av1FilmGrain() {}

  static void skip(Av1BitReader in, Av1Color color, boolean interFrame) {
    if (!in.flag()) {
      return;
    }
    in.skip(16); // grain_seed
    if (interFrame && !in.flag()) {
      in.skip(3); // film_grain_params_ref_idx
      return;
    }
    boolean luma = skipPoints(in);
    boolean fromLuma = !color.monochrome() && in.flag();
    boolean cb = false;
    boolean cr = false;
    if (!color.monochrome() && !fromLuma && (luma || !color.is420())) {
      cb = skipPoints(in);
      cr = skipPoints(in);
    }
    in.skip(2); // grain_scaling_minus_8
    int lag = in.bits(2);
    int coefficients = 2 * lag * (lag + 1);
    in.skip(luma ? 8 * coefficients : 0);
    int chromaCoefficients = coefficients + (luma ? 1 : 0);
    in.skip(cb || fromLuma ? 8 * chromaCoefficients : 0);
    in.skip(cr || fromLuma ? 8 * chromaCoefficients : 0);
    in.skip(2 + 2); // ar_coeff_shift_minus_6, grain_scale_shift
    in.skip(cb ? 8 + 8 + 9 : 0); // cb_mult, cb_luma_mult, cb_offset
    in.skip(cr ? 8 + 8 + 9 : 0); // cr_mult, cr_luma_mult, cr_offset
    in.skip(2); // overlap_flag, clip_to_restricted_range
  }

  private static boolean skipPoints(Av1BitReader in) {
    int points = in.bits(4);
    in.skip(points * 16L); // value and scaling of each
    return points > 0;
  }
}

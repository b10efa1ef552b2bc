package io.keymux.packager.verify;

import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import org.jspecify.annotations.Nullable;

/** Looks for what a wrong key would break in decrypted samples of one codec. Not thread-safe. */
interface SampleCheck {

  /** A codec that shows nothing without being decoded. */
  SampleCheck NONE = (sample, size, duration, info) -> Verdict.NOTHING;

  /**
   * @param sample holds the decrypted sample at its start
   * @param size of the sample in bytes
   * @param duration of the sample in seconds
   * @param info which bytes were decrypted
   */
  Verdict check(byte[] sample, int size, double duration, SampleInfo info);

  /**
   * @param bits of evidence for the key: a wrong key would pass with a probability of 2 to the
   *     minus this
   * @param problem or null
   * @param certain whether no sound stream has the problem; else only many of them tell
   */
  record Verdict(double bits, @Nullable String problem, boolean certain) {
    static final Verdict NOTHING = new Verdict(0, null, false);

    static Verdict passed(double bits) {
      return new Verdict(bits, null, false);
    }

    static Verdict broken(String problem) {
      return new Verdict(0, problem, true);
    }

    static Verdict doubtful(String problem) {
      return new Verdict(0, problem, false);
    }
  }

  /** The check for a codec. */
  static SampleCheck of(Entry entry) {
    if (entry.codec() == null) {
      return NONE;
    }
    if (entry.codec().nal() != null) {
      return new NalCheck(entry.codec().nal(), entry.protection());
    }
    return switch (entry.clear().format()) {
      case "av01" -> new Av1Check();
      case "ac-3", "ec-3" -> new DolbyCheck();
      case "fLaC" -> new FlacCheck();
      case "Opus" -> new OpusCheck();
      case "mp4a" -> AacCheck.reads(entry.codec().codecs()) ? new AacCheck() : NONE;
      default -> NONE;
    };
  }
}

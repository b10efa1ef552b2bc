package io.keymux.packager.job;

/**
 * When the media is encrypted, and how long with one set of keys. Both times move to the next start
 * of a segment.
 *
 * @param clearLeadSeconds how much of the start stays clear; 0 for nothing, infinite for everything
 * @param keyPeriodSeconds after how long keys change, counted from the end of the clear lead; 0 for
 *     never
 * @param change how they change
 */
public record KeySchedule(double clearLeadSeconds, double keyPeriodSeconds, KeyChange change) {
  /** Everything is encrypted, with one set of keys. */
  public static final KeySchedule ALWAYS = new KeySchedule(0, 0, KeyChange.NEW_PERIODS);

  /** Nothing is encrypted: for those who hold the keys of an encrypted input. */
  public static final KeySchedule NEVER =
      new KeySchedule(Double.POSITIVE_INFINITY, 0, KeyChange.NEW_PERIODS);

  /** What {@link #keyPeriod} says of a segment that stays clear. */
  public static final int CLEAR = -1;

  private static final double MIN_PERIOD_SECONDS = 1;
  private static final double DAY_SECONDS = 86_400;

  /** Segments of audio start up to half a frame before those of video. */
  private static final double TOLERANCE_SECONDS = 0.1;

  /**
   * @throws InvalidJobException with code {@code invalid-clear-lead} or {@code invalid-key-period}
   *     if a time is out of range
   */
  public KeySchedule {
    boolean never = clearLeadSeconds == Double.POSITIVE_INFINITY;
    if (!never && !(clearLeadSeconds >= 0 && clearLeadSeconds <= DAY_SECONDS)) {
      throw new InvalidJobException(
          "invalid-clear-lead",
          "protection.clearLead",
          clearLeadSeconds + " s is not a clear lead.",
          "Use 0 to 86400 seconds.");
    }
    boolean oneSet = keyPeriodSeconds == 0;
    if (!oneSet && !(keyPeriodSeconds >= MIN_PERIOD_SECONDS && keyPeriodSeconds <= DAY_SECONDS)) {
      throw new InvalidJobException(
          "invalid-key-period",
          "protection.keyPeriod",
          keyPeriodSeconds + " s is not a key period.",
          "Use 1 to 86400 seconds, or 0 for one set of keys.");
    }
  }

  /** Whether anything is encrypted. */
  public boolean encrypts() {
    return clearLeadSeconds != Double.POSITIVE_INFINITY;
  }

  /** Whether keys change. */
  public boolean rotates() {
    return keyPeriodSeconds > 0;
  }

  /**
   * The key period of a segment, counted from 0, or {@link #CLEAR}.
   *
   * @param startSeconds of the segment, in the presentation
   */
  public int keyPeriod(double startSeconds) {
    double since = startSeconds + TOLERANCE_SECONDS - clearLeadSeconds;
    if (since < 0) {
      return CLEAR;
    }
    return rotates() ? (int) (since / keyPeriodSeconds) : 0;
  }
}

package io.keymux.api.mps.signature;

import io.keymux.api.mps.problem.MpsException;
import java.time.Clock;

/** Whether a request was signed just now. */
record Freshness(Clock clock) {
  private static final long SKEW_SECONDS = 300;

  /**
   * @param name of the parameter, for messages
   * @param timestamp seconds since 1970
   * @return the same as a number
   * @throws MpsException with code {@code MissingParameter}, {@code InvalidParameter} if it is no
   *     number, or {@code AuthFailure.SignatureExpire} if it is more than five minutes from now
   */
  long require(String name, String timestamp) {
    if (timestamp.isEmpty()) {
      throw MpsException.missing(name);
    }
    if (!timestamp.matches("\\d{1,12}")) {
      throw MpsException.wrongType(name, "a number of seconds since 1970");
    }
    long seconds = Long.parseLong(timestamp);
    long off = clock.instant().getEpochSecond() - seconds;
    if (Math.abs(off) > SKEW_SECONDS) {
      throw MpsException.authFailure(
          "SignatureExpire",
          "%s is %d s %s.".formatted(name, Math.abs(off), off > 0 ? "ago" : "in the future"),
          "Set the clock right; a signature is good for " + SKEW_SECONDS + " s.");
    }
    return seconds;
  }
}

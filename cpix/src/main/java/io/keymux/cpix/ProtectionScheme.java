package io.keymux.cpix;

import java.util.Locale;

/**
 * A Common Encryption scheme.
 *
 * @see "ISO/IEC 23001-7, 4.2 Overview of protection schemes"
 */
public enum ProtectionScheme {
  /** AES-CTR, whole ranges. */
  CENC(true, false),
  /** AES-CBC, one block of ten in video, constant IV. The only one that FairPlay takes. */
  CBCS(false, true),
  /** AES-CTR with pattern; no DRM system of note takes it. */
  CENS(true, true),
  /** AES-CBC, whole ranges; no DRM system of note takes it. */
  CBC1(false, false);

  private final boolean counterMode;
  private final boolean pattern;

  ProtectionScheme(boolean counterMode, boolean pattern) {
    this.counterMode = counterMode;
    this.pattern = pattern;
  }

  /** True for AES-CTR, false for AES-CBC. */
  public boolean counterMode() {
    return counterMode;
  }

  /** True if video is encrypted by a pattern of crypt and skip blocks. */
  public boolean pattern() {
    return pattern;
  }

  /** The four-character code of schm, of CPIX and of the MPD: {@code cenc}. */
  public String fourCc() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param fourCc exactly four characters
   * @throws DrmException with code {@code unknown-scheme} for anything else
   */
  public static ProtectionScheme ofFourCc(String fourCc) {
    for (ProtectionScheme scheme : values()) {
      if (scheme.fourCc().equals(fourCc)) {
        return scheme;
      }
    }
    throw new DrmException(
        DrmException.Blame.CALLER,
        "unknown-scheme",
        "\"" + fourCc + "\" is not a protection scheme.",
        "Use cenc, cbcs, cens or cbc1.");
  }
}

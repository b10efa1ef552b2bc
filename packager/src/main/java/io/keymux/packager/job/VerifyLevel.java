package io.keymux.packager.job;

import java.util.Locale;

/** How much of its own output a job proves before it publishes it. */
public enum VerifyLevel {
  /** Nothing. */
  NONE,
  /** Boxes, KIDs and manifests agree. */
  STRUCTURE,
  /**
   * The same, and the first, the middle and the last segment of each track decrypt to the input.
   */
  SAMPLE,
  /** The same, and every segment decrypts to the input. */
  FULL;

  /** The name on the command line and in the API: {@code sample}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.keymux.packager.job;

import java.util.Locale;

/** A kind of manifest. */
public enum OutputFormat {
  HLS,
  DASH;

  /** The name on the command line and in the API: {@code hls}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

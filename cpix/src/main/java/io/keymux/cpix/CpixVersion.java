package io.keymux.cpix;

import org.jspecify.annotations.Nullable;

/**
 * A version of CPIX, in the order of publication. The namespace is the same in all; {@code
 * CPIX@version} exists since 2.3.
 *
 * @see "DASH-IF Implementation Guidelines: CPIX, revision history"
 */
public enum CpixVersion {
  V2_0("2.0"),
  V2_1("2.1"),
  V2_2("2.2"),
  V2_3("2.3"),
  V2_3_1("2.3.1"),
  V2_4("2.4");

  private final String text;

  CpixVersion(String text) {
    this.text = text;
  }

  /** As in {@code CPIX@version}: {@code 2.3}. */
  public String text() {
    return text;
  }

  public boolean isAtLeast(CpixVersion other) {
    return compareTo(other) >= 0;
  }

  /** The version with this text, or null if there is none. */
  public static @Nullable CpixVersion of(String text) {
    for (CpixVersion version : values()) {
      if (version.text.equals(text)) {
        return version;
      }
    }
    return null;
  }
}

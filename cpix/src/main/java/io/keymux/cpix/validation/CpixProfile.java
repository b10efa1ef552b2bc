package io.keymux.cpix.validation;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DrmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a document is held against: a version of CPIX by itself, or a version of SPEKE, which takes
 * less of CPIX and demands more.
 *
 * @see "DASH-IF Implementation Guidelines: CPIX, 2.1 to 2.4"
 * @see "SPEKE API specification, v1 and v2"
 */
public enum CpixProfile {
  CPIX_2_1(CpixVersion.V2_1),
  CPIX_2_2(CpixVersion.V2_2),
  CPIX_2_3(CpixVersion.V2_3),
  CPIX_2_3_1(CpixVersion.V2_3_1),
  CPIX_2_4(CpixVersion.V2_4),
  /** SPEKE 1.0. Its documents break every schema: the content id is an id, order is free. */
  SPEKE_V1(CpixVersion.V2_1),
  /** SPEKE 2.0 or 2.1: {@code CPIX@version} 2.3 or 2.4 tells which. */
  SPEKE_V2(CpixVersion.V2_3);

  private final CpixVersion version;

  CpixProfile(CpixVersion version) {
    this.version = version;
  }

  /** The name on the command line: {@code cpix-2.3}, {@code speke-v2}. */
  public String id() {
    return isSpeke() ? name().toLowerCase(Locale.ROOT).replace('_', '-') : "cpix-" + version.text();
  }

  /**
   * The version whose elements the profile takes; for {@link #SPEKE_V2} unless a document is 2.4.
   */
  CpixVersion version() {
    return version;
  }

  boolean isSpeke() {
    return this == SPEKE_V1 || this == SPEKE_V2;
  }

  /**
   * @param id {@code cpix-2.1}, {@code cpix-2.2}, {@code cpix-2.3}, {@code cpix-2.3.1}, {@code
   *     cpix-2.4}, {@code speke-v1} or {@code speke-v2}
   * @throws DrmException with blame {@code CALLER} and code {@code unknown-cpix-profile} for
   *     anything else
   */
  public static CpixProfile ofId(String id) {
    for (CpixProfile profile : values()) {
      if (profile.id().equals(id)) {
        return profile;
      }
    }
    String known = Arrays.stream(values()).map(CpixProfile::id).collect(Collectors.joining(", "));
    throw new DrmException(
        DrmException.Blame.CALLER,
        "unknown-cpix-profile",
        "\"" + Quoted.shortened(id) + "\" is not a profile of CPIX.",
        "Use one of " + known + ".");
  }
}

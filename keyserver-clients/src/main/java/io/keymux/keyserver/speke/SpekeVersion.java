package io.keymux.keyserver.speke;

import io.keymux.cpix.CpixVersion;
import org.jspecify.annotations.Nullable;

/**
 * A version of the SPEKE protocol.
 *
 * @see "AWS Secure Packager and Encoder Key Exchange (SPEKE) API specification"
 */
public enum SpekeVersion {
  /** One key for all tracks; no version header, no encryption contract. */
  V1_0("1.0", CpixVersion.V2_2),
  V2_0("2.0", CpixVersion.V2_3),
  V2_1("2.1", CpixVersion.V2_4);

  private final String text;
  private final CpixVersion cpix;

  SpekeVersion(String text, CpixVersion cpix) {
    this.text = text;
    this.cpix = cpix;
  }

  /** {@code X-Speke-Version}, or null for the version without that header. */
  @Nullable String header() {
    return this == V1_0 ? null : text;
  }

  /** The version of CPIX that its documents are written in. */
  public CpixVersion cpix() {
    return cpix;
  }
}

package io.keymux.packager;

import io.keymux.cpix.DrmException;
import io.keymux.packager.verify.VerificationReport;

/** The output is not what it should be; it was not published. */
public final class VerificationFailedException extends DrmException {
  public static final String CODE = "verification-failed";

  private final transient VerificationReport report;

  private VerificationFailedException(VerificationReport report, String remedy) {
    super(
        Blame.UNSUPPORTED,
        CODE,
        "The output failed verification with %d findings, the first: %s"
            .formatted(report.findings().size(), report.findings().get(0)),
        remedy);
    this.report = report;
  }

  static VerificationFailedException of(VerificationReport report) {
    return new VerificationFailedException(
        report, "This is a fault of Keymux: report it with the input; nothing was published.");
  }

  /** Of an asset that was signalled anew, whose faults may be as old as itself. */
  static VerificationFailedException ofAsset(VerificationReport report) {
    return new VerificationFailedException(
        report,
        "Nothing was published. If keymux verify finds the same in the asset itself, publish with"
            + " --verify none, or package it anew.");
  }

  /** All findings. */
  public VerificationReport report() {
    return report;
  }
}

package io.keymux.packager;

import io.keymux.cpix.DrmException;
import io.keymux.packager.verify.VerificationReport;

/** The output is not what it should be; it was not published. */
public final class VerificationFailedException extends DrmException {
  public static final String CODE = "verification-failed";

  private final transient VerificationReport report;

  private VerificationFailedException(VerificationReport report, String problem) {
    super(
        Blame.UNSUPPORTED,
        CODE,
        problem,
        "This is a fault of Keymux: report it with the input; nothing was published.");
    this.report = report;
  }

  static VerificationFailedException of(VerificationReport report) {
    return new VerificationFailedException(
        report,
        "The output failed verification with %d findings, the first: %s"
            .formatted(report.findings().size(), report.findings().get(0)));
  }

  /** All findings. */
  public VerificationReport report() {
    return report;
  }
}

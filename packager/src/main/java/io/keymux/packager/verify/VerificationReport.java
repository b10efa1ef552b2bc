package io.keymux.packager.verify;

import java.util.List;

/**
 * What a verifier read and found.
 *
 * @param tracks read
 * @param fragments whose boxes were checked
 * @param samplesDecrypted decrypted and looked into
 * @param samplesCompared found equal to the source's, byte by byte
 * @param findings in the order of the tracks
 */
public record VerificationReport(
    int tracks,
    int fragments,
    long samplesDecrypted,
    long samplesCompared,
    List<Finding> findings) {
  public VerificationReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong; warnings may be. */
  public boolean passed() {
    return findings.stream().noneMatch(f -> f.severity() == Finding.Severity.ERROR);
  }
}

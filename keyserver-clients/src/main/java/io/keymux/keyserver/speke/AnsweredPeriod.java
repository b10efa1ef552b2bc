package io.keymux.keyserver.speke;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SinglePeriod;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.List;

/**
 * Takes the key period of the request out of an answer, which then reads as if keys did not rotate.
 *
 * @param host of the key server, for messages
 */
public record AnsweredPeriod(String host, KeyRequest request) {

  /**
   * @param told whether the server was told the period, or a KID of it, by other means than CPIX:
   *     an answer without periods is for that one then
   * @return the answer as it is if the request names no period; else its keys for that period,
   *     without any period
   * @throws KeyExchangeException with code {@code key-response-invalid} if the answer has no such
   *     period
   */
  public CpixDocument of(CpixDocument answer, boolean told) {
    KeyPeriod period = request.keyPeriod();
    if (period == null || (told && answer.keyPeriods().isEmpty())) {
      return answer;
    }
    try {
      CpixDocument part = SinglePeriod.of(answer, period);
      return new CpixDocument(
          part.contentId(),
          part.version(),
          part.contentKeys(),
          part.requestedKeys(),
          part.drmSystems(),
          List.of(),
          part.usageRules().stream().map(UsageRule::always).toList(),
          part.details());
    } catch (DrmException e) {
      // Its message quotes the answer.
      throw KeyExchangeException.invalidResponse(
          host, "it has no keys for key period number %d (%s)".formatted(period.index(), e.code()));
    }
  }

  /** A checked answer, in the key period of the request if it names one. */
  public CpixDocument named(CpixDocument checked) {
    KeyPeriod period = request.keyPeriod();
    return period == null ? checked : checked.during(period);
  }
}

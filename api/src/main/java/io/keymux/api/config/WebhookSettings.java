package io.keymux.api.config;

import io.keymux.keyserver.http.AddressPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How webhooks are called.
 *
 * @param addresses which ones receivers may have; with {@link AddressPolicy#PUBLIC} they need https
 * @param patience for one call
 * @param pauses between one try and the next; one more try than pauses, then a message is given up
 * @param holdAfterFailure how long a receiver that failed gets nothing at all; doubles with every
 *     further failure, up to a minute
 * @param retention how long messages are kept
 */
public record WebhookSettings(
    AddressPolicy addresses,
    Duration patience,
    List<Duration> pauses,
    Duration holdAfterFailure,
    Duration retention) {
  /** Ten tries within three days, as Standard Webhooks proposes; public addresses. */
  public static final WebhookSettings DEFAULT =
      new WebhookSettings(
          AddressPolicy.PUBLIC,
          Duration.ofSeconds(15),
          Stream.of("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H")
              .map(Duration::parse)
              .toList(),
          Duration.ofSeconds(1),
          Duration.ofDays(30));

  public WebhookSettings {
    pauses = List.copyOf(pauses);
  }

  /** The same with other addresses and another retention. */
  WebhookSettings with(AddressPolicy others, Duration kept) {
    return new WebhookSettings(others, patience, pauses, holdAfterFailure, kept);
  }
}

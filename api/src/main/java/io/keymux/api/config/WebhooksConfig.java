package io.keymux.api.config;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.keyserver.http.AddressPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code webhooks} as it is written.
 *
 * @param addresses {@code public}, {@code public-or-loopback} or {@code any}; which ones receivers
 *     may have
 * @param retentionDays how long messages are kept
 */
public record WebhooksConfig(@Nullable String addresses, @Nullable Integer retentionDays) {

  static WebhookSettings resolve(@Nullable WebhooksConfig config) {
    WebhookSettings usual = WebhookSettings.DEFAULT;
    if (config == null) {
      return usual;
    }
    AddressPolicy policy =
        Addresses.policy("webhooks.addresses", config.addresses(), usual.addresses());
    Integer days = config.retentionDays();
    if (days != null && (days < 1 || days > 3650)) {
      throw new DrmException(
          Blame.CALLER,
          "invalid-config",
          "webhooks.retentionDays is %d.".formatted(days),
          "Use 1 to 3650.");
    }
    return usual.with(policy, days == null ? usual.retention() : Duration.ofDays(days));
  }
}

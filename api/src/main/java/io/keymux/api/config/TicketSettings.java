package io.keymux.api.config;

import io.keymux.cpix.SecretBytes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who gets tickets for the DRMtoday routes of the key server, and what they are good for.
 *
 * @param account the only one, or null if any name and password will do
 * @param ticketLifetime of a service ticket
 * @param loginLifetime of a ticket-granting ticket
 * @param singleUse whether a service ticket is good for one call only
 */
public record TicketSettings(
    @Nullable Account account, Duration ticketLifetime, Duration loginLifetime, boolean singleUse) {
  /** Any account, and the bounds that Apereo CAS comes with. */
  public static final TicketSettings DEFAULT =
      new TicketSettings(null, Duration.ofSeconds(10), Duration.ofHours(2), true);

  /**
   * @param user in UTF-8
   * @param password in UTF-8
   */
  public record Account(String user, SecretBytes password) {}
}

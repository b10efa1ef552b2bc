package io.keymux.keyserver.auth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a service ticket may be used.
 *
 * @param lifetime how long a ticket is used again for the same URL; null if it serves one attempt
 */
public record TicketPolicy(@Nullable Duration lifetime) {

  /**
   * @throws IllegalArgumentException if the lifetime is not positive
   */
  public TicketPolicy {
    if (lifetime != null && (lifetime.isZero() || lifetime.isNegative())) {
      throw new IllegalArgumentException("the ticket's lifetime must be positive: " + lifetime);
    }
  }

  /** A ticket for each attempt, as CAS itself has it. */
  public static TicketPolicy singleUse() {
    return new TicketPolicy(null);
  }

  /**
   * @param lifetime from when the ticket was asked for
   */
  public static TicketPolicy reusable(Duration lifetime) {
    return new TicketPolicy(lifetime);
  }
}

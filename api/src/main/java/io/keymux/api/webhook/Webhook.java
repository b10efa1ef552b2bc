package io.keymux.api.webhook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of messages, as JSON shows it: without secrets.
 *
 * @param id {@code wh_} and 24 hex digits
 * @param tenant whose jobs it is told of
 * @param url with its host alone
 * @param disabledBecause the code of why it was switched off by the service, or null
 */
public record Webhook(
    String id,
    @JsonIgnore String tenant,
    String url,
    List<EventType> events,
    @Nullable String description,
    boolean enabled,
    @Nullable String disabledBecause,
    Instant createdAt,
    Instant updatedAt) {
  public Webhook {
    events = List.copyOf(events);
  }

  /** The same as somebody now wants it. */
  Webhook with(WebhookSpec spec, Instant now) {
    return new Webhook(
        id,
        tenant,
        spec.shownUrl(),
        spec.eventTypes(),
        spec.description(),
        spec.enabled() == null || spec.enabled(),
        null,
        createdAt,
        now);
  }
}

package io.keymux.api.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message and one receiver of it, as JSON shows it.
 *
 * @param id larger for later ones
 * @param messageId what the receiver tells it from others by, also when it comes twice
 * @param type such as {@code job.succeeded}
 * @param message the body as it is sent
 * @param nextTryAt null once it has arrived or was given up
 * @param endedAt when that was
 * @param tries oldest first; null where they are not asked for
 */
public record Delivery(
    String id,
    String messageId,
    String type,
    String message,
    State state,
    Instant createdAt,
    @Nullable Instant nextTryAt,
    @Nullable Instant endedAt,
    @Nullable List<Try> tries) {
  public Delivery {
    tries = tries == null ? null : List.copyOf(tries);
  }

  /** Whether it arrived. */
  public enum State {
    WAITING,
    DELIVERED,
    /** Given up; it can be sent again. */
    DEAD;

    /** As JSON shows it. */
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One time that it was sent.
   *
   * @param status of HTTP, or null if there was no answer
   * @param problem the code of why it did not arrive, or null if it did
   */
  public record Try(
      int number, Instant at, long millis, @Nullable Integer status, @Nullable String problem) {}

  Delivery with(List<Try> found) {
    return new Delivery(id, messageId, type, message, state, createdAt, nextTryAt, endedAt, found);
  }
}

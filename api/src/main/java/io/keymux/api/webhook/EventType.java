package io.keymux.api.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a message can be about. */
public enum EventType {
  JOB_STARTED,
  /** It failed in a way that may pass, and waits to be tried again. */
  JOB_RETRYING,
  JOB_SUCCEEDED,
  JOB_FAILED,
  JOB_CANCELLED,
  /** Somebody wants to see whether messages arrive; every receiver gets it who is asked for. */
  WEBHOOK_TEST;

  /** The ends of jobs. */
  static final List<EventType> USUAL = List.of(JOB_SUCCEEDED, JOB_FAILED, JOB_CANCELLED);

  /** As messages name it, such as {@code job.succeeded}. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** The one that receivers may ask for by this name. */
  static Optional<EventType> ofId(String id) {
    return Arrays.stream(values())
        .filter(type -> type != WEBHOOK_TEST && type.id().equals(id))
        .findFirst();
  }
}

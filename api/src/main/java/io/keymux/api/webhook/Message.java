package io.keymux.api.webhook;

import io.keymux.api.json.Json;
import java.time.Instant;

/**
 * The body that is sent.
 *
 * @param type such as {@code job.succeeded}
 * @param timestamp when it happened
 * @param data what happened
 * @see "Standard Webhooks 1.0.0, Payload structure"
 */
record Message(String type, Instant timestamp, Object data) {
  static String text(EventType type, Instant timestamp, Object data) {
    return Json.line(new Message(type.id(), timestamp, data));
  }
}

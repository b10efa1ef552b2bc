package io.keymux.api.wire;

import java.time.Duration;

/**
 * What clients can take up, whoever they are.
 *
 * @param connections open at once; others wait until one closes
 * @param headTime from the first byte of a request to the end of its headers
 * @param bodyTime from then to the end of its body
 * @param bodyBytes as large as a body may become before the handler is called, which then refuses
 *     it
 * @param heldBytes of all bodies that are coming in or being handled
 */
public record WireLimits(
    int connections, Duration headTime, Duration bodyTime, int bodyBytes, long heldBytes) {
  /** For the largest body that is accepted at all, and 64 MiB of them. */
  public static WireLimits forBodies(int bodyBytes) {
    return new WireLimits(
        4096, Duration.ofSeconds(20), Duration.ofSeconds(30), bodyBytes, 64L << 20);
  }
}

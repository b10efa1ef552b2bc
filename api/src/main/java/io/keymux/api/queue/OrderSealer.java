package io.keymux.api.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.envelope.Envelope;
import io.keymux.api.envelope.Place;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobOrder;
import io.keymux.api.job.SealedOrder;
import io.keymux.api.json.Json;
import io.keymux.cpix.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what a job was asked for where it holds a secret, such as a key server's URL with a
 * ticket.
 */
final class OrderSealer {
  private final Envelope envelope;

  OrderSealer(Envelope envelope) {
    this.envelope = envelope;
  }

  /** The order, encrypted; null if there is nothing to hide in it. */
  @Nullable Bytes seal(Job job, JobOrder order) {
    if (order.secrets().isEmpty() && order.spec().redacted().equals(order.spec())) {
      return null;
    }
    return envelope.seal(place(job), Json.line(SealedOrder.of(order)).getBytes(UTF_8));
  }

  /**
   * @throws io.keymux.api.envelope.EnvelopeException as {@link Envelope#open}
   */
  JobOrder open(Job job, Bytes hidden) {
    byte[] plain = envelope.open(place(job), hidden);
    try {
      return Json.read(plain, SealedOrder.class).order();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static Place place(Job job) {
    return new Place(job.tenant(), "job_details", job.id());
  }
}

package io.keymux.api.webhook;

import io.keymux.api.config.WebhookSettings;
import io.keymux.api.courier.HttpPost;
import io.keymux.api.courier.Lanes;
import io.keymux.api.courier.Outbox;
import io.keymux.api.courier.UndeliveredException;
import io.keymux.api.courier.WebhookSignature;
import io.keymux.api.database.DatabaseException;
import io.keymux.api.envelope.Envelope;
import io.keymux.cpix.DrmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages to receivers, and decides when one that did not arrive is sent again. */
final class Dispatcher implements Outbox<Parcel> {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final int GONE = 410;

  private final Parcels parcels;
  private final WebhookStore webhooks;
  private final Envelope envelope;
  private final WebhookSettings settings;
  private final HttpPost post;
  private final Lanes lanes;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * @param random spreads what failed together
   */
  Dispatcher(
      Parcels parcels,
      WebhookStore webhooks,
      Envelope envelope,
      WebhookSettings settings,
      Clock clock,
      RandomGenerator random) {
    this.parcels = parcels;
    this.webhooks = webhooks;
    this.envelope = envelope;
    this.settings = settings;
    this.post = new HttpPost(settings.addresses(), settings.patience());
    this.lanes = new Lanes(settings.holdAfterFailure());
    this.clock = clock;
    this.random = random;
  }

  @Override
  public List<Parcel> take(int limit) {
    Instant now = clock.instant();
    List<Parcel> taken = new ArrayList<>();
    for (String webhookId : parcels.receivers(now)) {
      int room = Math.min(limit - taken.size(), lanes.free(webhookId, now));
      if (room > 0) {
        List<Parcel> theirs;
        try {
          theirs = parcels.take(webhookId, now, room);
        } catch (RuntimeException e) {
          if (taken.isEmpty()) {
            throw e;
          }
          // What is in the lanes has to be sent, or it would never leave them.
          log.warn(
              "the messages of webhook {} cannot be taken: {}",
              webhookId,
              e instanceof DatabaseException known ? known.problem() : e.getClass().getName());
          return taken;
        }
        theirs.forEach(parcel -> lanes.enter(webhookId));
        taken.addAll(theirs);
      }
    }
    return taken;
  }

  @Override
  public void send(Parcel parcel) throws InterruptedException {
    Parcels.Outcome outcome = outcome(parcel);
    if (outcome.problem() == null) {
      lanes.arrived(parcel.webhookId());
      parcels.delivered(parcel, outcome);
    } else {
      lanes.failed(parcel.webhookId(), clock.instant());
      failed(parcel, outcome);
    }
  }

  private Parcels.Outcome outcome(Parcel parcel) throws InterruptedException {
    Instant at = clock.instant();
    long start = System.nanoTime();
    Integer status;
    String problem = null;
    try {
      Receiver receiver =
          Receiver.open(envelope, parcel.tenant(), parcel.webhookId(), parcel.receiver());
      status =
          post.send(
              receiver.url(),
              parcel.body(),
              WebhookSignature.headers(
                  parcel.messageId(), at, parcel.body(), receiver.secrets(at)));
    } catch (DrmException e) {
      status = e instanceof UndeliveredException refusal ? refusal.status() : null;
      problem = e.code();
    } catch (RuntimeException e) {
      log.error("message {} to webhook {} failed", parcel.messageId(), parcel.webhookId(), e);
      status = null;
      problem = "internal";
    }
    return new Parcels.Outcome(at, Duration.ofNanos(System.nanoTime() - start), status, problem);
  }

  @Override
  public void giveBack(Parcel parcel) {
    lanes.leave(parcel.webhookId());
    parcels.giveBack(parcel, clock.instant());
  }

  private void failed(Parcel parcel, Parcels.Outcome outcome) {
    Integer status = outcome.status();
    if (status != null && status == GONE) {
      log.warn("webhook {} is switched off: its receiver says that it is gone", parcel.webhookId());
      webhooks.disable(parcel.webhookId(), "receiver-gone", clock.instant());
      parcels.dead(parcel, outcome);
    } else if (parcel.tries() >= settings.pauses().size()) {
      log.warn(
          "message {} to webhook {} is given up after {} tries: {}",
          parcel.messageId(),
          parcel.webhookId(),
          parcel.tries() + 1,
          outcome.problem());
      parcels.dead(parcel, outcome);
    } else {
      Duration pause = settings.pauses().get(parcel.tries());
      long jitter = (long) (pause.toMillis() / 10.0 * random.nextDouble());
      parcels.failed(parcel, outcome, clock.instant().plus(pause).plusMillis(jitter));
    }
  }
}

package io.keymux.api.webhook;

import io.keymux.api.config.WebhookSettings;
import io.keymux.api.courier.Courier;
import io.keymux.api.database.Database;
import io.keymux.api.envelope.Envelope;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** What clients can do with webhooks, and what sends the messages in the background. */
public final class Webhooks implements AutoCloseable {
  private static final int THREADS = 16;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration FORGETTING = Duration.ofHours(1);

  private final WebhookService service;
  private final Courier<Parcel> courier;

  private Webhooks(WebhookService service, Courier<Parcel> courier) {
    this.service = service;
    this.courier = courier;
  }

  /**
   * Puts it together and begins to send.
   *
   * @param envelope hides addresses and secrets from the database
   * @param clock of all nodes together
   */
  public static Webhooks start(
      WebhookSettings settings, Database database, Envelope envelope, Clock clock) {
    SecureRandom random = new SecureRandom();
    WebhookStore store = new WebhookStore(database);
    Deliveries deliveries = new Deliveries(database);
    Courier<Parcel> courier =
        Courier.start(
            "webhooks",
            new Dispatcher(new Parcels(database), store, envelope, settings, clock, random),
            THREADS,
            LOOK);
    courier.every(FORGETTING, () -> deliveries.forget(clock.instant().minus(settings.retention())));
    return new Webhooks(
        new WebhookService(store, deliveries, envelope, settings, clock, random), courier);
  }

  /** What clients can do. */
  public WebhookService service() {
    return service;
  }

  /** Sends nothing more; what was not delivered stays for the next start or another node. */
  @Override
  public void close() {
    courier.close();
  }
}

package io.keymux.api.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.database.Database;
import io.keymux.api.envelope.Envelope;
import io.keymux.api.envelope.Place;
import io.keymux.api.envelope.TestEnvelopes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Receivers and their messages in a database, without a service around them. */
final class WebhookRows {
  static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  final WebhookStore store;
  final Deliveries deliveries;
  private final Database database;
  private final Envelope envelope;

  WebhookRows(Database database) {
    this.database = database;
    envelope = TestEnvelopes.of(database);
    store = new WebhookStore(database);
    deliveries = new Deliveries(database);
  }

  /** What sends the messages. */
  Dispatcher dispatcher() {
    return new Dispatcher(
        new Parcels(database),
        store,
        envelope,
        WebhookRig.QUICK,
        clockThat(() -> {}),
        new SecureRandom());
  }

  /** Adds one of the tenant acme whose receiver is this JSON. */
  void webhook(String id, String receiver) {
    Webhook webhook =
        new Webhook(id, "acme", "https://a/…", EventType.USUAL, null, true, null, NOW, NOW);
    store.add(
        new WebhookStore.Row(
            webhook, envelope.seal(new Place("acme", "webhooks", id), receiver.getBytes(UTF_8)), 0),
        50);
  }

  /** Adds a message that is due after some milliseconds. */
  Delivery message(String webhookId, long millis) {
    return deliveries.add(webhookId, EventType.WEBHOOK_TEST, "{}", NOW.plusMillis(millis));
  }

  /** A clock that stands still a second later, once something has happened. */
  static Clock clockThat(Runnable does) {
    return new Clock() {
      @Override
      public Instant instant() {
        does.run();
        return NOW.plus(Duration.ofSeconds(1));
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }
}

package io.keymux.api.webhook;

import io.keymux.api.config.WebhookSettings;
import io.keymux.api.envelope.Envelope;
import io.keymux.api.problem.RequestException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that clients can do with webhooks. Safe for use by several threads. All methods throw {@link
 * io.keymux.api.database.DatabaseException} if the database does not answer; those that take an id
 * throw {@link RequestException} with status 404 if the tenant has nothing of this id.
 */
public final class WebhookService {
  private static final int MOST = 50;
  private static final int ID_BYTES = 12;
  private static final Duration FORMER_SECRET = Duration.ofHours(24);

  private final WebhookStore store;
  private final Deliveries deliveries;
  private final Envelope envelope;
  private final WebhookSettings settings;
  private final Clock clock;
  private final SecureRandom random;

  WebhookService(
      WebhookStore store,
      Deliveries deliveries,
      Envelope envelope,
      WebhookSettings settings,
      Clock clock,
      SecureRandom random) {
    this.store = store;
    this.deliveries = deliveries;
    this.envelope = envelope;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A receiver with the secret that its messages are signed with, which is never told again.
   *
   * @param secret {@code whsec_} and base64
   * @param formerUntil until when the secret of before is good, too; null if there was none
   */
  public record Told(Webhook webhook, String secret, @Nullable Instant formerUntil) {
    @Override
    public String toString() {
      return "Told[" + webhook.id() + "]";
    }
  }

  /**
   * Adds a receiver.
   *
   * @throws RequestException with status 422 and pointers if it cannot be used, 409 if the tenant
   *     has {@value #MOST} of them
   */
  public Told add(String tenant, WebhookSpec spec) {
    spec.require(settings.addresses());
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    Instant now = clock.instant();
    Webhook webhook =
        new Webhook(
                "wh_" + HexFormat.of().formatHex(id),
                tenant,
                "",
                List.of(),
                null,
                true,
                null,
                now,
                now)
            .with(spec, now);
    Receiver receiver = Receiver.at(Objects.requireNonNull(spec.url()), random);
    if (!store.add(row(webhook, receiver, 0), MOST)) {
      throw RequestException.tooManyWebhooks(MOST);
    }
    return new Told(webhook, receiver.shownSecret(), null);
  }

  private WebhookStore.Row row(Webhook webhook, Receiver receiver, int version) {
    return new WebhookStore.Row(
        webhook, receiver.seal(envelope, webhook.tenant(), webhook.id()), version);
  }

  /** All of a tenant, oldest first. */
  public List<Webhook> list(String tenant) {
    return store.list(tenant);
  }

  public Webhook get(String tenant, String id) {
    return row(tenant, id).webhook();
  }

  private WebhookStore.Row row(String tenant, String id) {
    return store.find(tenant, id).orElseThrow(() -> RequestException.notFound("The webhook"));
  }

  private Receiver receiver(WebhookStore.Row row) {
    return Receiver.open(envelope, row.webhook().tenant(), row.webhook().id(), row.receiver());
  }

  /**
   * Replaces what a receiver was asked for with; its secret stays.
   *
   * @throws RequestException with status 422 and pointers if it cannot be used
   */
  public Webhook replace(String tenant, String id, WebhookSpec spec) {
    row(tenant, id);
    spec.require(settings.addresses());
    String url = Objects.requireNonNull(spec.url());
    return changed(
            tenant,
            id,
            before -> {
              Webhook webhook = before.webhook().with(spec, clock.instant());
              return row(webhook, receiver(before).movedTo(url), before.version());
            })
        .webhook();
  }

  /** Changes a row, again if somebody else does so meanwhile: neither change is lost. */
  private WebhookStore.Row changed(
      String tenant, String id, UnaryOperator<WebhookStore.Row> change) {
    while (true) {
      WebhookStore.Row after = change.apply(row(tenant, id));
      if (store.replace(after)) {
        return after;
      }
    }
  }

  /** Gives a receiver a new secret; for a day messages are signed with the former one, too. */
  public Told rotate(String tenant, String id) {
    WebhookStore.Row after =
        changed(
            tenant,
            id,
            before -> {
              Instant until = clock.instant().plus(FORMER_SECRET);
              Receiver receiver = receiver(before).rotated(random, until);
              return row(before.webhook(), receiver, before.version());
            });
    Receiver receiver = receiver(after);
    return new Told(after.webhook(), receiver.shownSecret(), receiver.formerUntil());
  }

  /** Forgets a receiver with its messages. */
  public void delete(String tenant, String id) {
    store.delete(row(tenant, id).webhook().id());
  }

  /** Sends a message that says nothing. */
  public Delivery test(String tenant, String id) {
    Instant now = clock.instant();
    return deliveries.add(
        row(tenant, id).webhook().id(),
        EventType.WEBHOOK_TEST,
        Message.text(EventType.WEBHOOK_TEST, now, Map.of("webhook", id)),
        now);
  }

  /**
   * Messages of a receiver from the newest to the oldest.
   *
   * @param state null for any
   * @param before the id of the last one already seen, or null to start with the newest
   * @param limit at least 1
   */
  public List<Delivery> deliveries(
      String tenant, String id, Delivery.@Nullable State state, @Nullable Long before, int limit) {
    return deliveries.list(row(tenant, id).webhook().id(), state, before, limit);
  }

  /** A message with what came of each try. */
  public Delivery delivery(String tenant, String id, long deliveryId) {
    return deliveries
        .find(row(tenant, id).webhook().id(), deliveryId)
        .orElseThrow(() -> RequestException.notFound("The delivery"));
  }

  /**
   * Sends a message once more, with the same id, that arrived or was given up.
   *
   * @throws RequestException with status 409 if it waits anyway
   */
  public Delivery redeliver(String tenant, String id, long deliveryId) {
    delivery(tenant, id, deliveryId);
    if (!deliveries.again(id, deliveryId, clock.instant())) {
      throw RequestException.stillWaiting();
    }
    return delivery(tenant, id, deliveryId);
  }

  /** Sends all messages once more that were given up; gives how many they are. */
  public int redeliverDead(String tenant, String id) {
    return deliveries.allAgain(row(tenant, id).webhook().id(), clock.instant());
  }
}

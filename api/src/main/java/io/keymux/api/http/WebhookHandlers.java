package io.keymux.api.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import io.keymux.api.access.Scope;
import io.keymux.api.problem.RequestException;
import io.keymux.api.webhook.Delivery;
import io.keymux.api.webhook.Webhook;
import io.keymux.api.webhook.WebhookService;
import io.keymux.api.webhook.WebhookSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/webhooks} and below. */
final class WebhookHandlers {
  private static final String ALL = "/v1/webhooks";
  private static final String ONE = ALL + "/{id}";
  private static final String DELIVERIES = ONE + "/deliveries";
  private static final String DELIVERY = DELIVERIES + "/{deliveryId}";

  private final WebhookService webhooks;

  WebhookHandlers(WebhookService webhooks) {
    this.webhooks = webhooks;
  }

  void install(RoutesConfig routes) {
    RouteRole read = Door.needs(Scope.WEBHOOKS_READ);
    RouteRole write = Door.needs(Scope.WEBHOOKS_WRITE);
    routes.post(ALL, this::add, write);
    routes.get(ALL, this::list, read);
    routes.get(ONE, ctx -> JobHandlers.json(ctx, 200, webhooks.get(tenant(ctx), id(ctx))), read);
    routes.put(ONE, this::replace, write);
    routes.delete(ONE, this::delete, write);
    routes.post(ONE + "/secret", this::rotate, write);
    routes.post(
        ONE + "/test",
        ctx -> JobHandlers.json(ctx, 202, webhooks.test(tenant(ctx), id(ctx))),
        write);
    routes.post(ONE + "/redeliver", this::redeliverDead, write);
    routes.get(DELIVERIES, this::deliveries, read);
    routes.get(DELIVERY, this::delivery, read);
    routes.post(DELIVERY + "/redeliver", this::redeliver, write);
  }

  private static String tenant(Context ctx) {
    return Door.tenant(ctx);
  }

  private static String id(Context ctx) {
    return ctx.pathParam("id");
  }

  private static long deliveryId(Context ctx) {
    String text = ctx.pathParam("deliveryId");
    if (!text.matches("\\d{1,18}")) {
      throw RequestException.notFound("The delivery");
    }
    return Long.parseLong(text);
  }

  private static WebhookSpec spec(Context ctx) {
    return RequestBody.json(ctx, RequestBody.bytes(ctx), WebhookSpec.class);
  }

  /** A receiver and its secret, as JSON has them: in one object. */
  record WithSecret(
      @JsonUnwrapped Webhook webhook, String secret, @Nullable Instant formerSecretUntil) {
    static WithSecret of(WebhookService.Told told) {
      return new WithSecret(told.webhook(), told.secret(), told.formerUntil());
    }

    @Override
    public String toString() {
      return "WithSecret[" + webhook.id() + "]";
    }
  }

  private static void secret(Context ctx, int status, WebhookService.Told told) {
    ctx.header("Cache-Control", "no-store");
    JobHandlers.json(ctx, status, WithSecret.of(told));
  }

  private void add(Context ctx) {
    WebhookService.Told told = webhooks.add(tenant(ctx), spec(ctx));
    ctx.header("Location", ALL + "/" + told.webhook().id());
    secret(ctx, 201, told);
  }

  /** All of them. */
  record Webhooks(List<Webhook> items) {}

  private void list(Context ctx) {
    JobHandlers.json(ctx, 200, new Webhooks(webhooks.list(tenant(ctx))));
  }

  private void replace(Context ctx) {
    JobHandlers.json(ctx, 200, webhooks.replace(tenant(ctx), id(ctx), spec(ctx)));
  }

  private void delete(Context ctx) {
    webhooks.delete(tenant(ctx), id(ctx));
    ctx.status(204);
  }

  private void rotate(Context ctx) {
    secret(ctx, 200, webhooks.rotate(tenant(ctx), id(ctx)));
  }

  private void deliveries(Context ctx) {
    int limit = JobHandlers.pageSize(ctx);
    String cursor = ctx.queryParam("cursor");
    if (cursor != null && !cursor.matches("\\d{1,18}")) {
      throw RequestException.invalidParameter("cursor", "is none that this service gave.");
    }
    List<Delivery> found =
        webhooks.deliveries(
            tenant(ctx),
            id(ctx),
            state(ctx),
            cursor == null ? null : Long.valueOf(cursor),
            limit + 1);
    List<Delivery> page = found.subList(0, Math.min(limit, found.size()));
    JobHandlers.json(
        ctx, 200, new Page(page, found.size() > limit ? page.get(limit - 1).id() : null));
  }

  /**
   * @param nextCursor for the next page, or null on the last
   */
  record Page(List<Delivery> items, @Nullable String nextCursor) {}

  private static Delivery.@Nullable State state(Context ctx) {
    String wanted = ctx.queryParam("state");
    if (wanted == null) {
      return null;
    }
    return Arrays.stream(Delivery.State.values())
        .filter(state -> state.id().equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> RequestException.invalidParameter("state", "is not a state of a delivery."));
  }

  private void delivery(Context ctx) {
    JobHandlers.json(ctx, 200, webhooks.delivery(tenant(ctx), id(ctx), deliveryId(ctx)));
  }

  private void redeliver(Context ctx) {
    JobHandlers.json(ctx, 202, webhooks.redeliver(tenant(ctx), id(ctx), deliveryId(ctx)));
  }

  /** How many are sent again. */
  record Count(int count) {}

  private void redeliverDead(Context ctx) {
    JobHandlers.json(ctx, 202, new Count(webhooks.redeliverDead(tenant(ctx), id(ctx))));
  }
}

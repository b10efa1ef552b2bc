package io.keymux.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.keymux.api.access.Principal;
import io.keymux.api.audit.Audit;
import io.keymux.api.audit.AuditEntry;
import io.keymux.api.audit.AuditEntry.Actor;
import io.keymux.api.keyserver.KeyListener;
import io.keymux.cpix.KeyId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Tells the audit log what requests do. */
final class Auditor {
  /** A flood of refused requests must not fill the disk. */
  private static final int REFUSALS_PER_SECOND = 20;

  private static final Set<String> CHANGES = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** Of the MPS-compatible API, whose calls all have one path. */
  private static final String ACTION = "X-TC-Action";

  private final Audit audit;
  private final AtomicLong second = new AtomicLong();
  private final AtomicInteger refusals = new AtomicInteger();

  Auditor(Audit audit) {
    this.audit = audit;
  }

  /** Notes every request that may have changed something, and those that were refused. */
  void install(RoutesConfig routes) {
    routes.after(
        ctx -> {
          int status = ctx.statusCode();
          if (status == 401 || status == 403) {
            if (isRoom()) {
              audit.note(entry(ctx, AuditEntry.REFUSED, status));
            }
          } else if (CHANGES.contains(ctx.method().name()) && ctx.pathParamMap() != null) {
            audit.note(entry(ctx, action(ctx), status));
          }
        });
  }

  private boolean isRoom() {
    long now = System.nanoTime() / 1_000_000_000L;
    if (second.getAndSet(now) != now) {
      refusals.set(0);
    }
    return refusals.incrementAndGet() <= REFUSALS_PER_SECOND;
  }

  /** What writes down the keys that a request gets, before it gets them. */
  KeyListener listener(Context ctx) {
    Actor actor = actor(ctx);
    return new KeyListener() {
      @Override
      public void given(String contentId, Collection<KeyId> ids) {
        List<String> kids = ids.stream().map(KeyId::toString).toList();
        audit.require(new AuditEntry(AuditEntry.KEYS_GIVEN, actor, contentId, null, kids));
      }

      @Override
      public void taken(String contentId, KeyId id) {
        List<String> kids = List.of(id.toString());
        audit.require(new AuditEntry(AuditEntry.KEYS_TAKEN, actor, contentId, null, kids));
      }
    };
  }

  private static AuditEntry entry(Context ctx, String action, int status) {
    return new AuditEntry(action, actor(ctx), ShownPath.of(ctx), status, List.of());
  }

  private static String action(Context ctx) {
    String named = ctx.header(ACTION);
    return named != null && named.matches("[A-Za-z]{1,64}")
        ? ctx.method().name() + " " + named
        : ctx.method().name();
  }

  private static Actor actor(Context ctx) {
    @Nullable Principal principal = Door.principal(ctx);
    return new Actor(
        principal == null ? "nobody known here" : principal.name(),
        principal == null ? null : principal.tenant(),
        ctx.ip(),
        RequestIds.of(ctx),
        null);
  }
}

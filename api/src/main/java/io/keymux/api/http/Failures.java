package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.keymux.api.json.Json;
import io.keymux.api.problem.ErrorMapping;
import io.keymux.api.problem.Problem;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.DrmException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers failures of handlers with RFC 9457 problems. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static void install(RoutesConfig routes) {
    routes.exception(DrmException.class, Failures::expected);
    routes.exception(HttpResponseException.class, Failures::ofJavalin);
    routes.exception(UncheckedIOException.class, (e, ctx) -> ctx.status(400));
    routes.exception(InterruptedException.class, Failures::stopping);
    routes.exception(Exception.class, Failures::bug);
  }

  private static void expected(DrmException e, Context ctx) {
    String challenge = e instanceof RequestException request ? request.challenge() : null;
    if (challenge != null) {
      ctx.header("WWW-Authenticate", challenge);
    }
    if (e instanceof RequestException request && request.retryAfter() > 0) {
      ctx.header("Retry-After", String.valueOf(request.retryAfter()));
    }
    Problem problem = ErrorMapping.describe(e);
    if (problem.status() >= 500) {
      log.warn(
          "request {}: {} {}: {}: {}",
          RequestIds.of(ctx),
          ctx.method(),
          ShownPath.of(ctx),
          e.code(),
          e.problem());
    }
    answer(ctx, problem);
  }

  /** Javalin's own: no such route, or not with this method. */
  private static void ofJavalin(HttpResponseException e, Context ctx) {
    DrmException ours =
        e.getStatus() == 405
            ? RequestException.methodNotAllowed(ctx.method().name(), ShownPath.of(ctx))
            : RequestException.notFound(ShownPath.of(ctx));
    answer(ctx, ErrorMapping.describe(ours));
  }

  private static void stopping(InterruptedException e, Context ctx) {
    Thread.currentThread().interrupt();
    answer(ctx, ErrorMapping.describe(RequestException.busy("The service is stopping.")));
  }

  private static void bug(Exception e, Context ctx) {
    log.error("request {}: {} {} failed", RequestIds.of(ctx), ctx.method(), ShownPath.of(ctx), e);
    answer(ctx, ErrorMapping.bug());
  }

  private static void answer(Context ctx, Problem problem) {
    ctx.status(problem.status())
        .contentType(Problem.MEDIA_TYPE)
        .result(Json.line(problem.at(ShownPath.of(ctx), RequestIds.of(ctx))).getBytes(UTF_8));
  }
}

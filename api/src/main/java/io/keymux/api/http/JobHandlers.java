package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobSpec;
import io.keymux.api.job.JobState;
import io.keymux.api.json.Json;
import io.keymux.api.problem.RequestException;
import io.keymux.api.queue.JobService;
import io.keymux.api.store.Submission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /v1/jobs} and below, but for events and outputs. */
final class JobHandlers {
  private static final int MAX_WAIT_SECONDS = 60;
  private static final int MAX_PAGE = 200;
  private static final int DEFAULT_PAGE = 50;
  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final JobService jobs;
  private final Waiters waiters;

  JobHandlers(JobService jobs, Waiters waiters) {
    this.jobs = jobs;
    this.waiters = waiters;
  }

  void submit(Context ctx) {
    byte[] body = RequestBody.bytes(ctx);
    JobSpec spec = RequestBody.json(ctx, body, JobSpec.class);
    accepted(ctx, jobs.submit(Door.tenant(ctx), spec, submission(ctx, body)));
  }

  void get(Context ctx) {
    String id = ctx.pathParam("id");
    Duration patience = Duration.ofSeconds(number(ctx, "wait", 0, 0, MAX_WAIT_SECONDS));
    Job now = jobs.get(Door.tenant(ctx), id);
    if (now.state().terminal() || patience.isZero()) {
      json(ctx, 200, now);
      return;
    }
    CompletableFuture<Job> job = waiters.hold(() -> jobs.ended(Door.tenant(ctx), id, patience));
    ctx.future(() -> job.thenAccept(found -> json(ctx, 200, found)));
  }

  void list(Context ctx) {
    int limit = pageSize(ctx);
    List<Job> found = jobs.list(Door.tenant(ctx), state(ctx), cursor(ctx), limit + 1);
    List<Job> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? page.get(limit - 1).id() : null;
    if (next != null) {
      String state = ctx.queryParam("state");
      ctx.header(
          "Link",
          "</v1/jobs?limit=%d%s&cursor=%s>; rel=\"next\""
              .formatted(limit, state == null ? "" : "&state=" + state, next));
    }
    json(ctx, 200, new Page(page, next));
  }

  void cancel(Context ctx) {
    json(ctx, 202, jobs.cancel(Door.tenant(ctx), ctx.pathParam("id")));
  }

  /**
   * @param rekey whether the job gets other keys; no if null
   */
  record Retry(@Nullable Boolean rekey) {}

  void retry(Context ctx) {
    byte[] body = RequestBody.bytes(ctx);
    Retry wish = body.length == 0 ? new Retry(null) : RequestBody.json(ctx, body, Retry.class);
    accepted(
        ctx,
        jobs.retry(
            Door.tenant(ctx),
            ctx.pathParam("id"),
            Boolean.TRUE.equals(wish.rekey()),
            submission(ctx, body)));
  }

  void delete(Context ctx) {
    jobs.delete(Door.tenant(ctx), ctx.pathParam("id"));
    ctx.status(204);
  }

  /** How many items a page has. */
  static int pageSize(Context ctx) {
    return number(ctx, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
  }

  private static void accepted(Context ctx, Job job) {
    ctx.header("Location", "/v1/jobs/" + job.id());
    json(ctx, 202, job);
  }

  /**
   * @param nextCursor for the next page, or null on the last
   */
  record Page(List<Job> items, @Nullable String nextCursor) {}

  static void json(Context ctx, int status, Object value) {
    ctx.status(status).contentType("application/json").result(Json.line(value));
  }

  private static @Nullable JobState state(Context ctx) {
    String wanted = ctx.queryParam("state");
    if (wanted == null) {
      return null;
    }
    return Arrays.stream(JobState.values())
        .filter(candidate -> candidate.id().equals(wanted))
        .findFirst()
        .orElseThrow(() -> RequestException.invalidParameter("state", "is not a state of a job."));
  }

  private static @Nullable String cursor(Context ctx) {
    String cursor = ctx.queryParam("cursor");
    if (cursor != null && !JobService.isId(cursor)) {
      throw RequestException.invalidParameter("cursor", "is not one that a page gave.");
    }
    return cursor;
  }

  private static int number(Context ctx, String name, int fallback, int least, int most) {
    String text = ctx.queryParam(name);
    if (text == null) {
      return fallback;
    }
    if (text.matches("\\d{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw RequestException.invalidParameter(
        name, "is not a number from " + least + " to " + most + ".");
  }

  private static @Nullable Submission submission(Context ctx, byte[] body) {
    String key = ctx.header("Idempotency-Key");
    if (key == null) {
      return null;
    }
    if (!IDEMPOTENCY_KEY.matcher(key).matches()) {
      throw RequestException.invalidParameter(
          "Idempotency-Key", "is not 1 to 128 visible ASCII characters.");
    }
    return new Submission(key, sha256(ctx.path(), body));
  }

  /** Of the path, too: a key that made a job is not that of a retry. */
  private static String sha256(String path, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(path.getBytes(UTF_8));
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package io.keymux.api.http;

import io.javalin.http.Context;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobService;
import io.keymux.api.job.JobSpec;
import io.keymux.api.job.JobState;
import io.keymux.api.job.JobStore;
import io.keymux.api.json.Json;
import io.keymux.api.problem.RequestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
    Job job = jobs.submit(spec, idempotency(ctx, body));
    ctx.header("Location", "/v1/jobs/" + job.id());
    json(ctx, 202, job);
  }

  void get(Context ctx) throws InterruptedException {
    String id = ctx.pathParam("id");
    int seconds = number(ctx, "wait", 0, 0, MAX_WAIT_SECONDS);
    if (seconds == 0 || jobs.get(id).state().terminal()) {
      json(ctx, 200, jobs.get(id));
      return;
    }
    waiters.enter();
    try {
      json(ctx, 200, jobs.await(id, Duration.ofSeconds(seconds)));
    } finally {
      waiters.leave();
    }
  }

  void list(Context ctx) {
    int limit = number(ctx, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
    List<Job> found = jobs.list(state(ctx), ctx.queryParam("cursor"), limit + 1);
    List<Job> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? page.get(limit - 1).id() : null;
    if (next != null) {
      ctx.header("Link", "</v1/jobs?limit=" + limit + "&cursor=" + next + ">; rel=\"next\"");
    }
    json(ctx, 200, new Page(page, next));
  }

  void cancel(Context ctx) {
    json(ctx, 202, jobs.cancel(ctx.pathParam("id")));
  }

  /**
   * @param nextCursor for the next page, or null on the last
   */
  record Page(List<Job> items, @Nullable String nextCursor) {}

  static void json(Context ctx, int status, Object value) {
    ctx.status(status).contentType("application/json").result(Json.line(value));
  }

  private static Predicate<Job> state(Context ctx) {
    String wanted = ctx.queryParam("state");
    if (wanted == null) {
      return job -> true;
    }
    JobState state =
        Arrays.stream(JobState.values())
            .filter(candidate -> candidate.id().equals(wanted))
            .findFirst()
            .orElseThrow(
                () -> RequestException.invalidParameter("state", "is not a state of a job."));
    return job -> job.state() == state;
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

  private static JobStore.@Nullable Idempotency idempotency(Context ctx, byte[] body) {
    String key = ctx.header("Idempotency-Key");
    if (key == null) {
      return null;
    }
    if (!IDEMPOTENCY_KEY.matcher(key).matches()) {
      throw RequestException.invalidParameter(
          "Idempotency-Key", "is not 1 to 128 visible ASCII characters.");
    }
    return new JobStore.Idempotency(key, sha256(body));
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** {@code /healthz}: the process answers. */
  static void health(Context ctx) {
    json(ctx, 200, Map.of("status", "ok"));
  }
}

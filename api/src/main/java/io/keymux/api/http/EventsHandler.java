package io.keymux.api.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.keymux.api.job.Job;
import io.keymux.api.problem.RequestException;
import io.keymux.api.queue.JobService;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;

/**
 * {@code GET /v1/jobs/{id}/events}: a job's events as they happen, as server-sent events.
 *
 * <p>A client that comes back with {@code Last-Event-ID} gets what it missed. The stream ends after
 * the event {@code end}; who has seen that gets status 204. A client that waits costs no thread.
 *
 * @see "WHATWG HTML, 9.2 Server-sent events"
 */
final class EventsHandler implements Handler {
  private static final Pattern EVENT_ID = Pattern.compile("\\d{1,18}");

  private final JobService jobs;
  private final Waiters waiters;
  private final Duration heartbeat;
  private final ScheduledExecutorService timer;

  /**
   * @param heartbeat after which a comment shows that the connection is alive
   * @param timer whose tasks are short
   */
  EventsHandler(
      JobService jobs, Waiters waiters, Duration heartbeat, ScheduledExecutorService timer) {
    this.jobs = jobs;
    this.waiters = waiters;
    this.heartbeat = heartbeat;
    this.timer = timer;
  }

  @Override
  public void handle(Context ctx) throws IOException {
    Job job = jobs.get(Door.tenant(ctx), ctx.pathParam("id"));
    String id = job.id();
    long seen = lastSeen(ctx);
    if (job.state().terminal() && jobs.events(id, seen).isEmpty()) {
      // A browser comes back after the end of a stream; this is what tells it not to.
      ctx.status(204);
      return;
    }
    waiters.enter();
    ctx.disableCompression();
    var response = ctx.res();
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    ServletOutputStream out = response.getOutputStream();
    ctx.future(
        () -> {
          EventStream stream = new EventStream(out);
          stream.onEnd(waiters::leave);
          stream.beat(timer, heartbeat);
          stream.onEnd(jobs.listen(id, seen, stream::send));
          return stream.ended();
        });
  }

  private static long lastSeen(Context ctx) {
    String header = ctx.header("Last-Event-ID");
    if (header == null || header.isEmpty()) {
      return 0;
    }
    if (!EVENT_ID.matcher(header).matches()) {
      throw RequestException.invalidParameter("Last-Event-ID", "is not a number.");
    }
    return Long.parseLong(header);
  }
}

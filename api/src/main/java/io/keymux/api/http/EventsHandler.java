package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.keymux.api.job.JobEvent;
import io.keymux.api.job.JobService;
import io.keymux.api.problem.RequestException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code GET /v1/jobs/{id}/events}: a job's events as they happen, as server-sent events.
 *
 * <p>A client that comes back with {@code Last-Event-ID} gets what it missed. The stream ends after
 * the event {@code end}.
 *
 * @see "WHATWG HTML, 9.2 Server-sent events"
 */
final class EventsHandler implements Handler {
  private static final Pattern EVENT_ID = Pattern.compile("\\d{1,18}");

  private final JobService jobs;
  private final Waiters waiters;
  private final Duration heartbeat;

  EventsHandler(JobService jobs, Waiters waiters, Duration heartbeat) {
    this.jobs = jobs;
    this.waiters = waiters;
    this.heartbeat = heartbeat;
  }

  @Override
  public void handle(Context ctx) throws InterruptedException {
    String id = jobs.get(ctx.pathParam("id")).id();
    long seen = lastSeen(ctx);
    waiters.enter();
    try {
      ctx.disableCompression()
          .contentType("text/event-stream;charset=utf-8")
          .header("Cache-Control", "no-store")
          .header("X-Accel-Buffering", "no");
      OutputStream out = ctx.res().getOutputStream();
      ctx.res().flushBuffer();
      boolean ended = false;
      while (!ended) {
        List<JobEvent> events = jobs.events(id, seen, heartbeat);
        if (events.isEmpty() && jobs.eventsEnded(id)) {
          return;
        }
        StringBuilder text = new StringBuilder(events.isEmpty() ? ": heartbeat\n\n" : "");
        for (JobEvent event : events) {
          text.append("id: ").append(event.id()).append("\nevent: ").append(event.type());
          text.append("\ndata: ").append(event.data()).append("\n\n");
          seen = event.id();
          ended = event.type().equals("end");
        }
        out.write(text.toString().getBytes(UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      // The client left; it comes back with Last-Event-ID if it wants the rest.
    } finally {
      waiters.leave();
    }
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

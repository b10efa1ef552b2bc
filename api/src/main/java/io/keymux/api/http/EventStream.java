package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.job.JobEvent;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * One client of server-sent events. What it is told waits in a queue until the connection takes it,
 * so a slow client holds up nobody; one that leaves too much behind is let go, and comes back with
 * the number of the event that it had last.
 */
final class EventStream implements WriteListener {
  private static final int MOST_WAITING = 10_000;

  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final ServletOutputStream out;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private final List<Runnable> atEnd = new ArrayList<>();

  /** The container takes nothing before it says so for the first time. */
  private boolean open;

  private boolean last;
  private boolean ended;

  /** Begins to write to a response that is asynchronous already. */
  EventStream(ServletOutputStream out) {
    this.out = out;
    out.setWriteListener(this);
  }

  /** Completed when the client is gone or has all. */
  CompletableFuture<Void> ended() {
    return end;
  }

  /** Has something done at the end, or now if that has come. */
  synchronized void onEnd(Runnable task) {
    if (ended) {
      task.run();
    } else {
      atEnd.add(task);
    }
  }

  /** Shows now and then that the connection is alive. */
  void beat(ScheduledExecutorService timer, Duration interval) {
    ScheduledFuture<?> beats =
        timer.scheduleAtFixedRate(
            () -> add(": heartbeat\n\n", false),
            interval.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
    onEnd(() -> beats.cancel(false));
  }

  /**
   * Tells the client of events; with the event {@code end} the stream ends.
   *
   * @param events empty if nothing more will come
   */
  void send(List<JobEvent> events) {
    StringBuilder text = new StringBuilder();
    for (JobEvent event : events) {
      text.append("id: ").append(event.id()).append("\nevent: ").append(event.type());
      text.append("\ndata: ").append(event.data()).append("\n\n");
    }
    add(text.toString(), events.isEmpty() || events.get(events.size() - 1).type().equals("end"));
  }

  private synchronized void add(String text, boolean isLast) {
    if (ended) {
      return;
    }
    waiting.add(text.getBytes(UTF_8));
    last |= isLast;
    if (waiting.size() > MOST_WAITING) {
      end();
      return;
    }
    write();
  }

  @Override
  public synchronized void onWritePossible() {
    try {
      if (!open && waiting.isEmpty()) {
        // The client is to see at once that it is listened to.
        out.flush();
      }
      open = true;
      write();
    } catch (IOException e) {
      end();
    }
  }

  private void write() {
    try {
      while (open && !ended && out.isReady()) {
        byte[] next = waiting.poll();
        if (next == null) {
          if (last) {
            end();
          }
          return;
        }
        out.write(next);
        if (out.isReady()) {
          out.flush();
        }
      }
    } catch (IOException | IllegalStateException e) {
      // The client left; it comes back with Last-Event-ID if it wants the rest.
      end();
    }
  }

  @Override
  public synchronized void onError(Throwable failure) {
    end();
  }

  private void end() {
    if (!ended) {
      ended = true;
      waiting.clear();
      atEnd.forEach(Runnable::run);
      end.complete(null);
    }
  }
}

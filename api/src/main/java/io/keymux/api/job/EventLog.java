package io.keymux.api.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one job, for any number of readers at their own pace. Safe for use by several
 * threads: a slow reader never holds up the job.
 */
final class EventLog {
  /** A job reports at most four times a second: this is more than ten minutes of progress. */
  private static final int CAPACITY = 4096;

  private final List<JobEvent> events = new ArrayList<>();
  private long lastId;
  private boolean ended;

  synchronized void append(String type, String data) {
    if (ended) {
      throw new IllegalStateException("the log has ended");
    }
    if (events.size() == CAPACITY) {
      dropOldestProgress();
    }
    lastId++;
    events.add(new JobEvent(lastId, type, data));
    ended = type.equals("end");
    notifyAll();
  }

  private void dropOldestProgress() {
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).type().equals("progress")) {
        events.remove(i);
        return;
      }
    }
  }

  /**
   * Waits for events after {@code id}.
   *
   * @param id of the last event seen, 0 for none
   * @return them in order; empty if none came within {@code patience}
   */
  synchronized List<JobEvent> after(long id, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (lastId <= id && !ended) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return List.of();
      }
      wait(left);
    }
    return events.stream().filter(event -> event.id() > id).toList();
  }

  synchronized boolean ended() {
    return ended;
  }

  /** Waits until the job has ended or {@code patience} is over. */
  synchronized void awaitEnd(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!ended) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }
}

package io.keymux.api.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;

/**
 * Finds connections over which a request's headers come too slowly. An idle connection closes by
 * itself, but each byte makes it young again. Safe for use by several threads.
 */
final class RequestHeads implements Connection.Listener {
  private final long limitNanos;
  private final LongSupplier nanoTime;
  private final Map<Connection, State> open = new ConcurrentHashMap<>();

  /** Of one connection; guarded by itself. */
  private static final class State {
    private int handled;
    private long bytesAtEnd;
    private boolean begun;
    private long begunAt;
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  RequestHeads(long limitNanos, LongSupplier nanoTime) {
    this.limitNanos = limitNanos;
    this.nanoTime = nanoTime;
  }

  @Override
  public void onOpened(Connection connection) {
    open.put(connection, new State());
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** The headers of a request are complete. */
  void complete(Connection connection) {
    State state = open.get(connection);
    if (state != null) {
      synchronized (state) {
        state.handled++;
        state.begun = false;
      }
    }
  }

  /** The request was answered; what comes now is another one. */
  void answered(Connection connection) {
    State state = open.get(connection);
    if (state != null) {
      synchronized (state) {
        state.handled--;
        state.bytesAtEnd = connection.getBytesIn();
      }
    }
  }

  /** Closes those that are too slow; looks at each connection. */
  void sweep() {
    long now = nanoTime.getAsLong();
    open.forEach(
        (connection, state) -> {
          if (isTooSlow(connection, state, now)) {
            connection.getEndPoint().close();
          }
        });
  }

  private boolean isTooSlow(Connection connection, State state, long now) {
    synchronized (state) {
      if (state.handled > 0 || connection.getBytesIn() == state.bytesAtEnd) {
        state.begun = false;
        return false;
      }
      if (!state.begun) {
        state.begun = true;
        state.begunAt = now;
      }
      return now - state.begunAt > limitNanos;
    }
  }
}

package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import io.keymux.keyserver.http.HttpDownload;
import io.keymux.keyserver.http.HttpLimits;
import io.keymux.keyserver.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections to web servers, kept for a while for the next request to the same origin. */
final class HttpConnections implements AutoCloseable {
  private static final int MOST_IDLE = 32;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final HttpSettings settings;

  /** The one used last at the end. */
  private final Deque<Idle> idle = new ArrayDeque<>();

  private record Idle(HttpDownload connection, long since) {}

  HttpConnections(HttpSettings settings) {
    this.settings = settings;
  }

  HttpLimits limits() {
    return settings.limits();
  }

  /**
   * Sends a GET over a connection that is open, or a new one.
   *
   * @param forBody how long the body of the answer may take
   * @throws StorageException with code {@code storage-address-refused}
   * @throws IOException if none comes about or it breaks
   */
  HttpPart get(URI uri, @Nullable String range, @Nullable String ifRange, Duration forBody)
      throws IOException {
    HttpDownload kept = take(uri);
    if (kept != null) {
      try {
        return part(kept, uri, range, ifRange, forBody);
      } catch (IOException e) {
        // The server may have closed it meanwhile: that is no failure of this request.
      }
    }
    HttpDownload fresh = HttpDownload.open(uri, settings, StorageException::addressRefused);
    return part(fresh, uri, range, ifRange, forBody);
  }

  private HttpPart part(
      HttpDownload connection,
      URI uri,
      @Nullable String range,
      @Nullable String ifRange,
      Duration forBody)
      throws IOException {
    try {
      return new HttpPart(this, connection, connection.get(uri, range, ifRange, forBody));
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private synchronized @Nullable HttpDownload take(URI uri) {
    dropOld();
    for (Iterator<Idle> newest = idle.descendingIterator(); newest.hasNext(); ) {
      HttpDownload connection = newest.next().connection();
      if (connection.isFor(uri)) {
        newest.remove();
        return connection;
      }
    }
    return null;
  }

  synchronized void keep(HttpDownload connection) {
    idle.addLast(new Idle(connection, System.nanoTime()));
    dropOld();
  }

  private void dropOld() {
    while (!idle.isEmpty()
        && (idle.size() > MOST_IDLE || System.nanoTime() - idle.getFirst().since() > IDLE_NANOS)) {
      idle.removeFirst().connection().close();
    }
  }

  @Override
  public synchronized void close() {
    idle.forEach(kept -> kept.connection().close());
    idle.clear();
  }
}

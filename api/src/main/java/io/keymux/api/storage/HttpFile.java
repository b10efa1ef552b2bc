package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file on a web server, read by range requests. */
final class HttpFile implements RemoteFile {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 3;
  private static final int ATTEMPTS = 4;

  private final URI uri;
  private final String name;
  private final String source;
  private final HttpConnections connections;
  private final HttpHosts hosts;
  private @Nullable HttpVersion version;

  HttpFile(URI uri, String name, String source, HttpConnections connections, HttpHosts hosts) {
    this.uri = uri;
    this.name = name;
    this.source = source;
    this.connections = connections;
    this.hosts = hosts;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public long size() {
    return version().size();
  }

  private synchronized HttpVersion version() {
    if (version == null) {
      version = probe();
    }
    return version;
  }

  /** By a range, since servers refuse HEAD where a URL is signed for GET. */
  private HttpVersion probe() {
    URI at = uri;
    long start = System.nanoTime();
    Duration limit = connections.limits().attempt();
    for (int redirects = 0; ; redirects++) {
      try (HttpPart answer = send(at, "bytes=0-0", null, limit, start)) {
        if (REDIRECTS.contains(answer.status())) {
          if (isLate(start)) {
            throw StorageException.unavailable(name, "it comes too slowly");
          }
          at = redirected(at, answer.header("location"), redirects);
          continue;
        }
        if (answer.status() == 200) {
          throw StorageException.noRanges(name);
        }
        HttpVersion found =
            answer.status() == 206 || answer.status() == 416 ? HttpVersion.of(at, answer) : null;
        if (found == null) {
          throw refusal(answer.status());
        }
        // One byte, read so that the connection can be used again.
        answer.read(new byte[1], 0, 1);
        return found;
      } catch (IOException e) {
        throw StorageException.unavailable(name, "the connection breaks off");
      }
    }
  }

  private URI redirected(URI from, String location, int before) {
    if (before == MOST_REDIRECTS) {
      throw StorageException.redirectRefused(name, "it is the fourth");
    }
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw StorageException.redirectRefused(name, "it leads to no URL");
    }
    boolean secure = "https".equalsIgnoreCase(to.getScheme());
    if (!secure && !"http".equalsIgnoreCase(from.getScheme())) {
      throw StorageException.redirectRefused(name, "it leads away from https");
    }
    String host = to.getHost();
    if ((!secure && !"http".equalsIgnoreCase(to.getScheme()))
        || location.isEmpty()
        || host == null
        || to.getRawUserInfo() != null) {
      throw StorageException.redirectRefused(name, "it leads to no URL of a web server");
    }
    if (!hosts.allow(host)) {
      throw StorageException.redirectRefused(name, "it leads to a host that is not allowed");
    }
    return to;
  }

  @Override
  public RangeStream open(long from, long to) throws IOException {
    HttpVersion wanted = version();
    HttpPart answer =
        send(
            wanted.uri(),
            "bytes=" + from + "-" + (to - 1),
            wanted.validator(),
            RemoteReads.RUN,
            System.nanoTime());
    try {
      switch (answer.status()) {
        case 206 -> {}
        case 200, 412, 416 -> throw StorageException.changed(name);
        default -> throw refusal(answer.status());
      }
      if (!wanted.isOf(answer)) {
        throw StorageException.changed(name);
      }
      if (!HttpVersion.hasRange(answer, from, to)) {
        throw StorageException.badAnswer(name, "it has another range than was asked for");
      }
      return answer;
    } catch (StorageException e) {
      answer.close();
      throw e;
    }
  }

  /** Again where the server says "not now", or no connection comes about. */
  private HttpPart send(
      URI at, String range, @Nullable String ifRange, Duration forBody, long startNanos)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      HttpPart answer = null;
      IOException failure = null;
      try {
        answer = connections.get(at, range, ifRange, forBody);
      } catch (IOException e) {
        failure = e;
      }
      if (answer != null && answer.status() != 429 && answer.status() < 500) {
        return answer;
      }
      if (answer != null) {
        answer.close();
      }
      if (attempt == ATTEMPTS || isLate(startNanos)) {
        String status = answer == null ? "" : "its server answers with HTTP " + answer.status();
        throw StorageException.unavailable(
            name, failure == null ? status : "no connection comes about, or it breaks");
      }
      try {
        RemoteReads.pause(attempt);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw StorageException.interrupted(name);
      }
    }
  }

  private boolean isLate(long startNanos) {
    return System.nanoTime() - startNanos > connections.limits().total().toNanos();
  }

  private StorageException refusal(int status) {
    return switch (status) {
      case 401, 403 -> StorageException.denied(name, status);
      case 404, 410 -> StorageException.objectMissing(name);
      default -> StorageException.badAnswer(name, "its status is " + status);
    };
  }
}

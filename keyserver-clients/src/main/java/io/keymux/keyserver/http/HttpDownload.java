package io.keymux.keyserver.http;

import io.keymux.cpix.DrmException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one origin for GETs, one after the other, whose answers are read as streams. It
 * sends no credentials and follows no redirect. Used by one thread at a time; closed from any.
 *
 * <p>Connecting, the head of an answer and its body have a time of their own each, after which the
 * connection is closed: the time-out of a socket begins anew with every byte.
 */
public final class HttpDownload implements Closeable {
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private final URI origin;
  private final GuardedSocket socket;
  private final Duration limit;
  private final DefaultBHttpClientConnection connection = HttpWire.connection();
  private @Nullable Future<?> end;
  private boolean reusable;

  private HttpDownload(URI origin, HttpSettings settings) {
    this.origin = origin;
    this.socket = new GuardedSocket(origin, settings);
    this.limit = settings.limits().attempt();
  }

  /**
   * An answer whose body is still to be read, from {@code body}, before the next GET.
   *
   * @param status of HTTP
   * @param body empty if there is none
   */
  public record Answer(int status, Map<String, String> headers, InputStream body) {
    public Answer {
      headers = Map.copyOf(headers);
    }

    /**
     * The first header of that name.
     *
     * @param name in lower case
     */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /**
   * Connects, within the time that the settings allow for an attempt.
   *
   * @param uri http or https with a host
   * @throws DrmException of {@code refusal} if the policy does not allow an address of the host
   * @throws IOException if no connection comes about
   */
  public static HttpDownload open(URI uri, HttpSettings settings, AddressRefusal refusal)
      throws IOException {
    HttpDownload download = new HttpDownload(uri, settings);
    try {
      download.endIn(download.limit);
      download.connection.bind(
          download.socket.connected(
              download.socket.resolved(refusal), settings.limits().connect()));
      download.endIn(null);
      return download;
    } catch (IOException | RuntimeException e) {
      download.close();
      throw e;
    }
  }

  /** Whether a GET of this URI may go over this connection. */
  public boolean isFor(URI uri) {
    return KeyServerUrl.sameOrigin(uri, origin);
  }

  /** Whether the last answer was read to its end and the server keeps the connection. */
  public boolean isReusable(Answer answer) throws IOException {
    boolean done = reusable && connection.isOpen() && answer.body().read() < 0;
    if (done) {
      endIn(null);
    }
    return done;
  }

  /**
   * Asks for a file, or a part of it. The head of the answer has the time that the settings allow
   * for an attempt.
   *
   * @param range as {@code bytes=0-99}, or null for all
   * @param ifRange a validator of what is wanted a part of, or null
   * @param forBody how long the body may take, all of it
   * @throws IOException if the connection breaks, or the answer is not HTTP/1.1
   */
  public Answer get(URI uri, @Nullable String range, @Nullable String ifRange, Duration forBody)
      throws IOException {
    ClassicHttpRequest request = new BasicClassicHttpRequest("GET", HttpWire.target(uri));
    request.setHeader("Host", KeyServerUrl.authority(uri));
    request.setHeader("User-Agent", "keymux");
    // What is compressed on the way has no byte positions.
    request.setHeader("Accept-Encoding", "identity");
    if (range != null) {
      request.setHeader("Range", range);
    }
    if (ifRange != null) {
      request.setHeader("If-Range", ifRange);
    }
    reusable = false;
    endIn(limit);
    try {
      HttpCoreContext context = HttpCoreContext.create();
      ClassicHttpResponse response =
          new HttpRequestExecutor().execute(request, connection, context);
      reusable = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
      endIn(forBody);
      return answer(response);
    } catch (HttpException e) {
      // Its message quotes the line that it cannot parse.
      throw new IOException("not HTTP/1.1");
    }
  }

  private static Answer answer(ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      String value = header.getValue();
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), value == null ? "" : value);
    }
    HttpEntity entity = response.getEntity();
    InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
    return new Answer(response.getCode(), headers, body);
  }

  /**
   * @param time until whatever is under way is broken off; null for never
   */
  private synchronized void endIn(@Nullable Duration time) {
    if (end != null) {
      end.cancel(false);
    }
    end =
        time == null ? null : TIMER.schedule(socket::close, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "keymux-download-end");
              thread.setDaemon(true);
              return thread;
            });
    // What ended in time, as nearly all does, is not kept until then.
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** At once: a polite close would read what is left, however much that is. */
  @Override
  public void close() {
    endIn(null);
    socket.close();
    connection.close(CloseMode.IMMEDIATE);
  }
}

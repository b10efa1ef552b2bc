package io.keymux.api.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** One body while it comes in. Called again whenever more of it is there. */
final class BodyLoad implements Runnable {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final WireLimits limits;
  private final HeldBytes held;
  private final Next next;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private Scheduler.Task deadline = () -> false;

  /** What is done with a body. */
  interface Next {
    /**
     * @param whole whether nothing follows {@code body}
     */
    void handle(
        Request request, ByteBuffer body, boolean whole, Response response, Callback callback);
  }

  BodyLoad(
      Request request,
      Response response,
      Callback callback,
      WireLimits limits,
      HeldBytes held,
      Next next) {
    this.request = request;
    this.response = response;
    this.limits = limits;
    this.held = held;
    this.next = next;
    // What is held is given back when the request has been answered, well or not.
    this.callback = Callback.from(() -> held.give(body.size()), callback);
  }

  void start() {
    deadline =
        request
            .getComponents()
            .getScheduler()
            .schedule(
                () -> request.fail(new TimeoutException("the body comes too slowly")),
                limits.bodyTime().toMillis(),
                TimeUnit.MILLISECONDS);
    run();
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        end(chunk.getFailure() instanceof TimeoutException ? REQUEST_TIMEOUT : BAD_REQUEST);
        return;
      }
      boolean last = chunk.isLast();
      boolean room = keep(chunk);
      if (!room) {
        end(UNAVAILABLE);
        return;
      }
      if (last || body.size() > limits.bodyBytes()) {
        deadline.cancel();
        next.handle(request, ByteBuffer.wrap(body.toByteArray()), last, response, callback);
        return;
      }
    }
  }

  private boolean keep(Content.Chunk chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes, 0, bytes.length);
    chunk.release();
    if (!held.take(bytes.length)) {
      return false;
    }
    body.writeBytes(bytes);
    return true;
  }

  /** Without a body: what would say more is behind this. */
  private void end(int status) {
    deadline.cancel();
    response.setStatus(status);
    response.getHeaders().put("Connection", "close");
    response.write(true, null, callback);
  }
}

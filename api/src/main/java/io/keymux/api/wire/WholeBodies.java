package io.keymux.api.wire;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Calls the handlers when a request's body is complete, so that no thread waits for a client that
 * sends slowly. A body that says that it is too large, or becomes so, goes to them as far as it
 * came: they refuse it.
 */
final class WholeBodies extends Handler.Wrapper {
  private final WireLimits limits;
  private final RequestHeads heads;
  private final HeldBytes held;

  WholeBodies(WireLimits limits, RequestHeads heads) {
    this.limits = limits;
    this.heads = heads;
    this.held = new HeldBytes(limits.heldBytes());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connection connection = request.getConnectionMetaData().getConnection();
    heads.complete(connection);
    Callback answered = Callback.from(() -> heads.answered(connection), callback);
    if (!hasBody(request) || request.getLength() > limits.bodyBytes()) {
      return super.handle(request, response, answered);
    }
    BodyLoad load = new BodyLoad(request, response, answered, limits, held, this::handleLoaded);
    load.start();
    return true;
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  private void handleLoaded(
      Request request, ByteBuffer body, boolean whole, Response response, Callback callback) {
    try {
      Request loaded = new LoadedRequest(request, body, whole);
      if (!super.handle(loaded, response, callback)) {
        Response.writeError(loaded, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }
}

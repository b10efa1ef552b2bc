package io.keymux.api.wire;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body is there already, or as much of it as is wanted. */
final class LoadedRequest extends Request.Wrapper {
  private final boolean whole;
  private Content.@Nullable Chunk next;

  /**
   * @param whole whether nothing follows {@code body}
   */
  LoadedRequest(Request request, ByteBuffer body, boolean whole) {
    super(request);
    this.whole = whole;
    this.next = Content.Chunk.from(body, whole);
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk chunk = next;
    if (chunk == null) {
      return super.read();
    }
    next = whole ? Content.Chunk.EOF : null;
    return chunk;
  }

  @Override
  public void demand(Runnable runnable) {
    if (next == null) {
      super.demand(runnable);
    } else {
      getContext().execute(runnable);
    }
  }
}

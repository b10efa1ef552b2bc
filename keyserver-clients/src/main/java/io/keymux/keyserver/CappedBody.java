package io.keymux.keyserver;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects a response body of at most so many bytes; with the first byte more it closes the
 * connection and gives the failure that it was made with. Its own copies of the body are
 * overwritten.
 */
final class CappedBody implements BodySubscriber<byte[]> {

  private final int limit;
  private final Supplier<KeyExchangeException> tooLarge;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final List<byte[]> chunks = new ArrayList<>();
  private @Nullable Subscription subscription;
  private int size;

  CappedBody(int limit, Supplier<KeyExchangeException> tooLarge) {
    this.limit = limit;
    this.tooLarge = tooLarge;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription incoming) {
    subscription = incoming;
    incoming.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (buffer.remaining() > limit - size) {
        fail(tooLarge.get());
        return;
      }
      byte[] chunk = new byte[buffer.remaining()];
      buffer.get(chunk);
      chunks.add(chunk);
      size += chunk.length;
    }
    if (subscription != null) {
      subscription.request(1);
    }
  }

  @Override
  public void onError(Throwable cause) {
    fail(cause);
  }

  @Override
  public void onComplete() {
    ByteBuffer whole = ByteBuffer.allocate(size);
    chunks.forEach(whole::put);
    wipe();
    body.complete(whole.array());
  }

  private void fail(Throwable cause) {
    if (subscription != null) {
      subscription.cancel();
    }
    wipe();
    body.completeExceptionally(cause);
  }

  private void wipe() {
    chunks.forEach(chunk -> Arrays.fill(chunk, (byte) 0));
    chunks.clear();
  }
}

package io.keymux.docs.sqs;

import io.keymux.packager.job.CancelToken;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Keeps a message hidden from other workers while its job runs, in steps: if this process dies, the
 * message comes back after one visibility timeout, however long the job is. SQS keeps a message
 * hidden for 12 hours at most.
 */
final class MessageLease implements AutoCloseable {
  private final SqsClient sqs;
  private final SqsQueue queue;
  private final String receipt;
  private final CancelToken cancel;
  private final ScheduledFuture<?> extensions;
  private volatile long endNanos;
  private volatile boolean lost;

  /**
   * @param cancel is told once other workers may have the message, since it could not be kept
   */
  MessageLease(
      SqsClient sqs,
      SqsQueue queue,
      String receipt,
      ScheduledExecutorService timer,
      CancelToken cancel) {
    this.sqs = sqs;
    this.queue = queue;
    this.receipt = receipt;
    this.cancel = cancel;
    this.endNanos = System.nanoTime() + queue.visibility().toNanos();
    long period = queue.visibility().toMillis() / 3;
    this.extensions =
        timer.scheduleWithFixedDelay(this::extend, period, period, TimeUnit.MILLISECONDS);
  }

  private synchronized void extend() {
    if (extensions.isCancelled()) {
      return;
    }
    long asked = System.nanoTime();
    try {
      hideFor(queue.visibility());
      endNanos = asked + queue.visibility().toNanos();
    } catch (SdkException e) {
      if (System.nanoTime() - endNanos >= 0) {
        lost = true;
        cancel.cancel();
      }
    }
  }

  private void hideFor(Duration time) {
    sqs.changeMessageVisibility(
        request ->
            request
                .queueUrl(queue.url())
                .receiptHandle(receipt)
                .visibilityTimeout((int) time.toSeconds()));
  }

  /** The work is done: the message is gone for good. */
  void delete() {
    sqs.deleteMessage(request -> request.queueUrl(queue.url()).receiptHandle(receipt));
  }

  /** Any worker may have the message at once, unless one has it already. */
  synchronized void giveBack() {
    close();
    if (!lost) {
      hideFor(Duration.ZERO);
    }
  }

  @Override
  public void close() {
    extensions.cancel(false);
  }
}

package io.keymux.docs.sqs;

import io.keymux.cpix.DrmException;
import io.keymux.docs.worker.MovieOrder;
import io.keymux.docs.worker.RetryRule;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Packages what messages order, one at a time. A message is deleted when its output is published
 * and never before; SQS delivers at least once, and an order that runs again replaces its own
 * output, with the same keys.
 */
public final class SqsWorker {
  private static final System.Logger LOG = System.getLogger(SqsWorker.class.getName());

  private final SqsClient sqs;
  private final SqsQueue queue;
  private final Keymux packager;
  private final Function<String, MovieOrder> orders;
  private final ProgressListener progress;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopping;
  private volatile CancelToken current = new CancelToken();

  /**
   * @param orders reads the body of a message; what it throws sends the message back
   * @param progress is told of every job
   */
  public SqsWorker(
      SqsClient sqs,
      SqsQueue queue,
      Keymux packager,
      Function<String, MovieOrder> orders,
      ProgressListener progress) {
    this.sqs = sqs;
    this.queue = queue;
    this.packager = packager;
    this.orders = orders;
    this.progress = progress;
  }

  /**
   * Works until {@link #stop}, once.
   *
   * @throws SdkException if no message can be asked for
   * @throws InterruptedException if the thread is interrupted; the message comes back
   */
  public void run() throws InterruptedException {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      while (!stopping) {
        for (Message message :
            sqs.receiveMessage(
                    request ->
                        request
                            .queueUrl(queue.url())
                            .maxNumberOfMessages(1)
                            .visibilityTimeout((int) queue.visibility().toSeconds())
                            .waitTimeSeconds((int) queue.poll().toSeconds()))
                .messages()) {
          work(message, timer);
        }
      }
    } finally {
      timer.shutdownNow();
      ended.countDown();
    }
  }

  private void work(Message message, ScheduledExecutorService timer) throws InterruptedException {
    CancelToken cancel = new CancelToken();
    current = cancel;
    try (MessageLease lease =
        new MessageLease(sqs, queue, message.receiptHandle(), timer, cancel)) {
      if (!stopping && packaged(message, cancel)) {
        lease.delete();
      } else {
        lease.giveBack();
      }
    } catch (DrmException | SdkException e) {
      // Not given back: it returns when the visibility timeout is over, which is time to recover.
      LOG.log(
          Level.WARNING, "message {0} comes back later: {1}", message.messageId(), e.getMessage());
    }
  }

  /**
   * @return whether the output is published; if not, waiting does not help this worker
   * @throws DrmException if another attempt may help
   */
  private boolean packaged(Message message, CancelToken cancel) throws InterruptedException {
    try {
      packager.run(orders.apply(message.body()).job(), progress, cancel);
      return true;
    } catch (DrmException e) {
      if (RetryRule.mayPassLater(e)) {
        throw e;
      }
      LOG.log(Level.WARNING, "message {0} failed: {1}", message.messageId(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "message " + message.messageId() + " failed", e);
    }
    return false;
  }

  /**
   * Takes no more messages, lets the job that runs come to its end, and cancels it if that takes
   * longer than {@code grace}. A cancelled job's message is given to other workers at once.
   */
  public void stop(Duration grace) throws InterruptedException {
    stopping = true;
    if (!ended.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      current.cancel();
      ended.await();
    }
  }
}

package io.keymux.api.mps.callback;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.courier.HttpPost;
import io.keymux.api.courier.WebhookSignature;
import io.keymux.api.mps.sqs.SqsQueue;
import io.keymux.api.mps.task.PendingCallback;
import io.keymux.api.mps.wish.NotifyWish;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sends one message to where a client wants it, once. */
final class Delivery {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final MpsSettings settings;
  private final HttpPost post;

  Delivery(MpsSettings settings) {
    this.settings = settings;
    this.post = new HttpPost(settings.callbackAddresses(), PATIENCE);
  }

  /**
   * @throws DrmException if it did not arrive; without a URL in its message
   */
  void send(PendingCallback callback, String message, Instant now) throws InterruptedException {
    NotifyWish.Target target = callback.wish().target();
    if (target instanceof NotifyWish.Sqs sqs) {
      toQueue(sqs, callback, message);
    } else if (target instanceof NotifyWish.Http http) {
      post.send(http.url(), message, headers(callback, message, now));
    }
  }

  private void toQueue(NotifyWish.Sqs sqs, PendingCallback callback, String message)
      throws InterruptedException {
    try (SqsQueue queue =
        SqsQueue.open(
            settings.sqsEndpoint(),
            settings.callbackAddresses(),
            sqs.region(),
            sqs.queue(),
            sqs.accessKeyId(),
            sqs.secretAccessKey())) {
      queue.send(message, callback.taskId());
    }
  }

  private static Map<String, String> headers(
      PendingCallback callback, String message, Instant now) {
    SecretBytes key = callback.wish().key();
    String id = callback.taskId() + "." + Integer.toHexString(message.hashCode());
    return key == null ? Map.of() : WebhookSignature.headers(id, now, message, List.of(key));
  }
}

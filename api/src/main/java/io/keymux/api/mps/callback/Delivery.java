package io.keymux.api.mps.callback;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.courier.HttpPost;
import io.keymux.api.courier.WebhookSignature;
import io.keymux.api.mps.sqs.SqsQueue;
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

  /** Whom a message goes to, without what is secret: all callbacks there share its lane. */
  static String receiver(NotifyWish.Target target) {
    if (target instanceof NotifyWish.Sqs sqs) {
      return sqs.region() + "/" + sqs.queue();
    }
    return HttpPost.receiver(((NotifyWish.Http) target).url());
  }

  /**
   * @throws DrmException if it did not arrive; without a URL in its message
   */
  void send(NotifyWish wish, Message message, Instant now) throws InterruptedException {
    if (wish.target() instanceof NotifyWish.Sqs sqs) {
      toQueue(sqs, message);
    } else if (wish.target() instanceof NotifyWish.Http http) {
      SecretBytes key = wish.key();
      post.send(
          http.url(),
          message.text(),
          key == null
              ? Map.of()
              : WebhookSignature.headers(message.id(), now, message.text(), List.of(key)));
    }
  }

  private void toQueue(NotifyWish.Sqs sqs, Message message) throws InterruptedException {
    try (SqsQueue queue =
        SqsQueue.open(
            settings.sqsEndpoint(),
            settings.callbackAddresses(),
            sqs.region(),
            sqs.queue(),
            sqs.accessKeyId(),
            sqs.secretAccessKey())) {
      queue.send(message.text(), message.taskId(), message.id());
    }
  }
}

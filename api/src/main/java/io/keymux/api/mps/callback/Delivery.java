package io.keymux.api.mps.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.mps.sqs.SqsQueue;
import io.keymux.api.mps.task.PendingCallback;
import io.keymux.api.mps.wish.NotifyWish;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.auth.HeaderAuthorizer;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpLimits;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Sends one message to where a client wants it, once. */
final class Delivery {
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final int LARGEST_ANSWER = 64 * 1024;

  private final MpsSettings settings;

  Delivery(MpsSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws DrmException if it did not arrive; without a URL in its message
   */
  void send(PendingCallback callback, String message, Instant now) throws InterruptedException {
    NotifyWish.Target target = callback.wish().target();
    if (target instanceof NotifyWish.Sqs sqs) {
      toQueue(sqs, callback, message);
    } else if (target instanceof NotifyWish.Http http) {
      toUrl(http, callback, message, now);
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

  private void toUrl(NotifyWish.Http http, PendingCallback callback, String message, Instant now)
      throws InterruptedException {
    KeyServerUrl url = KeyServerUrl.of(text(http.url()));
    String user = url.user();
    String password = url.password();
    CallAuthorizer authorizer =
        user == null || password == null
            ? CallAuthorizer.none()
            : HeaderAuthorizer.basic(user, password);
    HttpLimits limits =
        HttpLimits.DEFAULT
            .withTimeouts(TIME, TIME, TIME)
            .withAttempts(1, Duration.ZERO)
            .withResponseBytes(LARGEST_ANSWER);
    KeyServerCall call =
        KeyServerCall.post(
            url.uri(), "application/json", SecretBytes.copyOf(message.getBytes(UTF_8)));
    SecretBytes key = callback.wish().key();
    if (key != null) {
      long seconds = now.getEpochSecond();
      String id = callback.taskId() + "." + Integer.toHexString(message.hashCode());
      call =
          call.withHeader("Webhook-Id", id)
              .withHeader("Webhook-Timestamp", Long.toString(seconds))
              .withHeader("Webhook-Signature", Signing.webhook(id, seconds, message, key));
    }
    HttpSettings bounded =
        HttpSettings.DEFAULT.withLimits(limits).withPolicy(settings.callbackAddresses());
    try (HttpExchange exchange = bounded.open(authorizer);
        HttpAnswer answer = exchange.send(call)) {
      if (answer.status() / 100 != 2) {
        throw new DrmException(
            DrmException.Blame.UPSTREAM,
            "callback-refused",
            "The receiver of the callback answers with status " + answer.status() + ".",
            "It should answer with 200.");
      }
    }
  }

  private static String text(SecretBytes secret) {
    byte[] bytes = secret.reveal();
    try {
      return new String(bytes, UTF_8);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}

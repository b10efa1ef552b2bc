package io.keymux.api.mps.task;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.keymux.api.mps.wish.NotifyWish;
import io.keymux.api.secret.SecretText;
import org.jspecify.annotations.Nullable;

/**
 * The receiver of a callback with its secrets in the open, as JSON has it: only ever to be
 * encrypted, or what was decrypted.
 *
 * @param url of a receiver by HTTP
 * @param region of a queue, like what follows but the key
 * @param key that signs messages
 */
record OpenReceiver(
    boolean everyChange,
    @Nullable String url,
    @Nullable String region,
    @Nullable String queue,
    @Nullable String accessKeyId,
    @Nullable String secretAccessKey,
    @Nullable String key) {

  static OpenReceiver of(NotifyWish wish) {
    String key = wish.key() == null ? null : SecretText.utf8(wish.key());
    if (wish.target() instanceof NotifyWish.Sqs sqs) {
      return new OpenReceiver(
          wish.everyChange(),
          null,
          sqs.region(),
          sqs.queue(),
          sqs.accessKeyId(),
          SecretText.utf8(sqs.secretAccessKey()),
          key);
    }
    NotifyWish.Http http = (NotifyWish.Http) wish.target();
    return new OpenReceiver(
        wish.everyChange(), SecretText.utf8(http.url()), null, null, null, null, key);
  }

  /** Closed again, without the echo, which stands in the task. */
  NotifyWish wish() {
    NotifyWish.Target target =
        region != null && queue != null && accessKeyId != null && secretAccessKey != null
            ? new NotifyWish.Sqs(region, queue, accessKeyId, SecretText.of(secretAccessKey))
            : new NotifyWish.Http(SecretText.of(url == null ? "" : url));
    return new NotifyWish(
        everyChange,
        target,
        key == null ? null : SecretText.of(key),
        JsonNodeFactory.instance.objectNode());
  }

  @Override
  public String toString() {
    return "OpenReceiver[…]";
  }
}

package io.keymux.api.mps.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.cpix.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of a task's end.
 *
 * @param everyChange whether also when something changes before
 * @param target where it goes
 * @param key that the receiver knows the sender by, in UTF-8; null for none
 * @param echo as answers show it, without secrets
 */
public record NotifyWish(
    boolean everyChange, Target target, @Nullable SecretBytes key, ObjectNode echo) {
  public NotifyWish {
    echo = echo.deepCopy();
  }

  @Override
  public ObjectNode echo() {
    return echo.deepCopy();
  }

  /** Where it goes. */
  public sealed interface Target {}

  /**
   * @param url in UTF-8; may hold a token
   */
  public record Http(SecretBytes url) implements Target {}

  /**
   * A queue of Amazon SQS, or one that speaks like it.
   *
   * @param queue its name
   * @param secretAccessKey in UTF-8
   */
  public record Sqs(String region, String queue, String accessKeyId, SecretBytes secretAccessKey)
      implements Target {
    @Override
    public String toString() {
      return "Sqs[" + region + "/" + queue + "]";
    }
  }
}

package io.keymux.api.mps.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.mps.task.TaskProgress;
import io.keymux.cpix.SecretBytes;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is sent of a task.
 *
 * @param id the same whenever the same is told again, though a signed text then differs
 */
record Message(String taskId, String id, String text) {
  /**
   * @param key null for a message that does not say who sent it
   */
  static Message of(TaskProgress progress, @Nullable SecretBytes key, Instant now) {
    String taskId = progress.task().id();
    UUID what = UUID.nameUUIDFromBytes(progress.mark().getBytes(UTF_8));
    return new Message(
        taskId,
        taskId + "." + Long.toHexString(what.getMostSignificantBits()),
        Notification.of(progress, key, now));
  }
}

package io.keymux.api.mps.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.cpix.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * The input of a task.
 *
 * @param url without a query, which may hold a signature
 * @param secretUrl the whole URL in UTF-8, if it has a query or a user; else null
 * @param path in its bucket, or the path of the URL
 * @param storage null for a URL
 * @param echo as answers show it, without secrets
 */
public record Source(
    String url,
    @Nullable SecretBytes secretUrl,
    ObjectPath path,
    @Nullable Storage storage,
    ObjectNode echo) {
  public Source {
    echo = echo.deepCopy();
  }

  @Override
  public ObjectNode echo() {
    return echo.deepCopy();
  }
}

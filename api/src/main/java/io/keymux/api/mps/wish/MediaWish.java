package io.keymux.api.mps.wish;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of ProcessMedia, read.
 *
 * @param output null to use the input's bucket
 * @param outputDir begins and ends with a slash; null for the input's folder
 * @param streams at least one
 * @param callback null if nobody is told
 * @param priority -10 to 10
 * @param sessionId that no other task of the last days may have; empty for none
 * @param sessionContext comes back as it is
 * @param metaData whether results describe the input
 */
public record MediaWish(
    Source source,
    @Nullable Storage output,
    @Nullable String outputDir,
    List<StreamWish> streams,
    @Nullable NotifyWish callback,
    int priority,
    String sessionId,
    String sessionContext,
    boolean metaData) {
  public MediaWish {
    streams = List.copyOf(streams);
  }
}

package io.keymux.api.mps.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One task of adaptive streaming: one manifest.
 *
 * @param at where it stands in the request, for messages
 * @param output null to use that of the request
 * @param objectPath of the manifest, with variables; null for the usual one
 * @param subStreamName of playlists or media files, with variables; null for the usual one
 * @param segmentName of segments, with variables; null for the usual one
 * @param echo as answers show it, without secrets
 */
public record StreamWish(
    String at,
    long definition,
    @Nullable Storage output,
    @Nullable String objectPath,
    @Nullable String subStreamName,
    @Nullable String segmentName,
    DrmWish drm,
    ObjectNode echo) {
  public StreamWish {
    echo = echo.deepCopy();
  }

  @Override
  public ObjectNode echo() {
    return echo.deepCopy();
  }
}

package io.keymux.packager.job;

import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Selection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One input of a job.
 *
 * @param path an MP4, progressive or fragmented, with one or several tracks
 * @param label for all its tracks, or null
 * @param language BCP-47, instead of what the file says, or null
 * @param selection of its audio and text tracks, and of video with sign language
 * @param policy of its video tracks
 */
public record JobInput(
    Path path,
    @Nullable String label,
    @Nullable String language,
    Selection selection,
    PlaybackPolicy policy) {
  public static JobInput of(Path path) {
    return new JobInput(path, null, null, Selection.NONE, PlaybackPolicy.NONE);
  }
}

package io.keymux.packager.bento4;

import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolFinder;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The programs of Bento4.
 *
 * @param patience how long one may run beside a second for each {@value #BYTES_A_SECOND} bytes that
 *     it reads, before it is killed
 */
public record Bento4Tools(Path mp4fragment, Path mp4encrypt, Duration patience) {
  /** A slow disk's pace: the programs themselves do a hundred times as much. */
  private static final long BYTES_A_SECOND = 4_000_000;

  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);

  /**
   * Looks for them where {@code BENTO4_HOME} says and on {@code PATH}.
   *
   * @throws io.keymux.packager.tool.ToolException with code {@code tool-not-found} if one is not
   *     there
   */
  public static Bento4Tools find(ToolFinder finder) {
    return new Bento4Tools(
        finder.require(Tool.MP4FRAGMENT), finder.require(Tool.MP4ENCRYPT), USUAL_PATIENCE);
  }

  /**
   * How long a program may run.
   *
   * @param bytes that it reads
   */
  Duration timeout(long bytes) {
    return patience.plusSeconds(bytes / BYTES_A_SECOND);
  }
}

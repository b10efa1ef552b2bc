package io.keymux.packager.input;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A local file. */
public final class FileSource implements MediaSource {
  /** The JDK copies heap reads through a direct buffer of the read's size, kept per thread. */
  private static final int READ_BYTES = 256 * 1024;

  private final Path path;
  private final FileChannel channel;
  private final long size;

  private FileSource(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /**
   * @throws DrmException with code {@code input-unreadable} if it is not a readable file
   */
  public static FileSource open(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw unreadable(path, "is a directory", null);
      }
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new FileSource(path, channel, channel.size());
    } catch (NoSuchFileException e) {
      throw unreadable(path, "does not exist", e);
    } catch (IOException e) {
      throw unreadable(path, "cannot be opened: " + e.getClass().getSimpleName(), e);
    }
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) {
    int done = 0;
    try {
      while (done < length) {
        int wanted = Math.min(READ_BYTES, length - done);
        int got = channel.read(ByteBuffer.wrap(target, offset + done, wanted), position + done);
        if (got < 0) {
          throw truncated(position, length);
        }
        done += got;
      }
    } catch (ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
      throw unreadable(path, "was closed while it was read", e);
    } catch (IOException e) {
      throw unreadable(path, "cannot be read at byte " + (position + done), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // A read-only file: nothing is lost.
    }
  }

  private DrmException truncated(long position, int length) {
    return new DrmException(
        Blame.CALLER,
        "input-truncated",
        "%s has %d bytes, but bytes %d to %d are needed."
            .formatted(path, size, position, position + length),
        "The file is incomplete: copy or make it anew.");
  }

  private static DrmException unreadable(
      Path path, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new DrmException(
        Blame.CALLER,
        "input-unreadable",
        "Input %s %s.".formatted(path, why),
        "Check the path and its permissions.",
        cause);
  }
}

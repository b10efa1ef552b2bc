package io.keymux.packager.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that several threads fill at positions of their own. It is opened with its first byte and
 * closed when all announced parts are written.
 *
 * <p>Parts have an order but are sized by whoever holds them: {@link #place} waits until the sizes
 * of all parts before are known, which is long before they are written.
 */
public final class OutputFile {
  /** The JDK copies heap writes through a direct buffer of the write's size, kept per thread. */
  private static final int WRITE_BYTES = 256 * 1024;

  private final Path path;
  private final String name;
  private final long[] ends;
  private int placed;
  private int unwritten;
  private boolean aborted;
  private @Nullable FileChannel channel;

  /**
   * @param name relative to the output folder, for messages and manifests
   * @param start where the first part begins, in bytes
   * @param parts how many there are
   */
  OutputFile(Path path, String name, long start, int parts) {
    this.path = path;
    this.name = name;
    this.ends = new long[parts + 1];
    this.ends[0] = start;
    this.unwritten = parts;
  }

  /** Relative to the output folder, with {@code /}. */
  public String name() {
    return name;
  }

  /**
   * Announces the size of part {@code part} and waits for those before it.
   *
   * @return where it begins, in bytes; -1 if the job was aborted meanwhile
   */
  public synchronized long place(int part, long size) throws InterruptedException {
    while (placed < part && !aborted) {
      wait();
    }
    if (aborted) {
      return -1;
    }
    ends[part + 1] = ends[part] + size;
    placed = part + 1;
    notifyAll();
    return ends[part];
  }

  /**
   * Where part {@code part} begins, once it was placed; that of the part behind the last is the
   * end.
   */
  public synchronized long offset(int part) {
    return ends[part];
  }

  /**
   * Writes bytes at a position; may be called by several threads.
   *
   * @throws OutputException if the file cannot be written
   */
  public void write(long position, byte[] bytes, int offset, int length) {
    try {
      FileChannel out = open();
      int done = 0;
      while (done < length) {
        int wanted = Math.min(WRITE_BYTES, length - done);
        done += out.write(ByteBuffer.wrap(bytes, offset + done, wanted), position + done);
      }
    } catch (IOException e) {
      throw OutputException.of(name, e);
    }
  }

  /** Says that one part is written; the last one closes the file. */
  public synchronized void finishPart() {
    if (--unwritten == 0) {
      close();
    }
  }

  /** Wakes all who wait and closes the file. */
  public synchronized void abort() {
    aborted = true;
    notifyAll();
    try {
      close();
    } catch (OutputException e) {
      // The job fails for another reason, and the file is about to be deleted.
    }
  }

  private synchronized FileChannel open() throws IOException {
    if (aborted) {
      throw new ClosedChannelException();
    }
    if (channel == null) {
      Files.createDirectories(path.getParent());
      channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
    return channel;
  }

  private void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw OutputException.of(name, e);
    }
  }
}

package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.input.MediaSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An open remote file. */
final class RemoteSource implements MediaSource {
  private final RemoteFile file;
  private final RemoteReads reads;
  private final long size;
  private final @Nullable Duration limit;
  private final long opened = System.nanoTime();
  private volatile boolean closed;

  /**
   * @param limit for all that is read of it, or null
   */
  RemoteSource(RemoteFile file, RemoteReads reads, @Nullable Duration limit) {
    this.file = file;
    this.reads = reads;
    this.limit = limit;
    this.size = file.size();
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long size() {
    return size;
  }

  String lane() {
    return file.source();
  }

  /** How many there are. */
  long blocks() {
    return (size + Block.BYTES - 1) / Block.BYTES;
  }

  /** Of a block, in bytes. */
  int length(long index) {
    return (int) Math.min(Block.BYTES, size - index * Block.BYTES);
  }

  /**
   * @param first index of a block
   * @param end index of the block behind the last
   */
  RangeStream stream(long first, long end) throws IOException {
    return file.open(first * Block.BYTES, Math.min(size, end * Block.BYTES));
  }

  void requireOpen() {
    if (closed) {
      throw StorageException.interrupted(name());
    }
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) {
    if (position + length > size) {
      throw new DrmException(
          Blame.CALLER,
          "input-truncated",
          "%s has %d bytes, but bytes %d to %d are needed."
              .formatted(name(), size, position, position + length),
          "The file is incomplete: copy or make it anew.");
    }
    int done = 0;
    while (done < length) {
      long at = position + done;
      byte[] content = await(reads.block(this, at / Block.BYTES));
      int from = (int) (at % Block.BYTES);
      int count = Math.min(content.length - from, length - done);
      System.arraycopy(content, from, target, offset + done, count);
      done += count;
    }
  }

  private byte[] await(Block block) {
    requireOpen();
    try {
      return limit == null
          ? block.content().get()
          : block
              .content()
              .get(limit.toNanos() - (System.nanoTime() - opened), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StorageException.interrupted(name());
    } catch (TimeoutException e) {
      throw StorageException.unavailable(name(), "it comes too slowly");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DrmException known) {
        throw known;
      }
      throw new IllegalStateException("a read of storage failed", e.getCause());
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      reads.closed(this);
    }
  }
}

package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import io.keymux.packager.input.MediaSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads remote files in blocks, ahead of who reads them, on threads of its own. A connection that
 * breaks in the middle is taken up again where it broke.
 */
final class RemoteReads implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final long PAUSE_MILLIS = 200;

  /** For one run of blocks, however slowly it comes. */
  static final Duration RUN = Duration.ofMinutes(2);

  private final BlockCache cache;
  private final ReadLanes lanes = new ReadLanes();

  RemoteReads(long cacheBytes) {
    cache = new BlockCache(cacheBytes);
  }

  /** A fifth of the heap, 64 MiB at most. */
  static RemoteReads ofUsualSize() {
    return new RemoteReads(Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 5));
  }

  /**
   * @param limit for all that is read of it, or null
   * @throws StorageException if the storage does not tell the file's size
   */
  MediaSource open(RemoteFile file, @Nullable Duration limit) {
    RemoteSource source = new RemoteSource(file, this, limit);
    cache.opened();
    return source;
  }

  /** Has something that only saves time done on the threads for reading. */
  void later(String source, Runnable task) {
    lanes.runIfFree(source, task);
  }

  Block block(RemoteSource source, long index) {
    BlockCache.Found found = cache.find(source, index);
    for (BlockCache.Run run : found.missing()) {
      lanes.run(source.lane(), () -> fetch(source, run));
    }
    return found.block();
  }

  void closed(RemoteSource source) {
    cache.closed(source);
  }

  private void fetch(RemoteSource source, BlockCache.Run run) {
    List<Block> blocks = run.blocks();
    int done = 0;
    try {
      long deadline = System.nanoTime() + RUN.toNanos();
      for (int attempt = 1; done < blocks.size(); attempt++) {
        source.requireOpen();
        int before = done;
        try (RangeStream in = source.stream(run.first() + done, run.first() + blocks.size())) {
          while (done < blocks.size()) {
            byte[] content = content(source, in, run.first() + done, deadline);
            blocks.get(done).content().complete(content);
            done++;
          }
        } catch (IOException e) {
          if (done > before) {
            attempt = 0;
          } else if (attempt == ATTEMPTS || System.nanoTime() > deadline) {
            throw StorageException.unavailable(source.name(), "the connection breaks off");
          } else {
            pause(attempt);
          }
        }
      }
    } catch (RuntimeException | InterruptedException | Error e) {
      fail(source, run, done, e);
    }
  }

  private static byte[] content(RemoteSource source, RangeStream in, long index, long deadline)
      throws IOException {
    byte[] content = new byte[source.length(index)];
    int at = 0;
    while (at < content.length) {
      int got = in.read(content, at, content.length - at);
      if (got < 0 || System.nanoTime() > deadline) {
        throw new IOException("broken off");
      }
      at += got;
    }
    return content;
  }

  private void fail(RemoteSource source, BlockCache.Run run, int done, Throwable e) {
    RuntimeException told =
        e instanceof RuntimeException known ? known : StorageException.interrupted(source.name());
    for (int i = done; i < run.blocks().size(); i++) {
      cache.failed(source, run.first() + i, run.blocks().get(i));
      run.blocks().get(i).content().completeExceptionally(told);
    }
  }

  /** Random, so that those who were refused together do not come back together. */
  static void pause(int attempt) throws InterruptedException {
    long most = PAUSE_MILLIS << Math.min(attempt, 6);
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(most / 2, most));
  }

  @Override
  public void close() {
    lanes.close();
  }
}

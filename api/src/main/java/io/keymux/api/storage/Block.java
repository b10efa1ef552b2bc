package io.keymux.api.storage;

import java.util.concurrent.CompletableFuture;

/** A piece of a remote file, in memory or on its way there. */
final class Block {
  /** Of all blocks but the last of a file. */
  static final int BYTES = 256 * 1024;

  private final CompletableFuture<byte[]> content = new CompletableFuture<>();

  /** How many blocks were asked for with it. */
  private final int run;

  /** The first block behind that run. */
  private final long next;

  /** Whether a reader who comes here should have the next run asked for; guarded by the cache. */
  private boolean mark;

  Block(int run, long next, boolean mark) {
    this.run = run;
    this.next = next;
    this.mark = mark;
  }

  CompletableFuture<byte[]> content() {
    return content;
  }

  int run() {
    return run;
  }

  long next() {
    return next;
  }

  /** Tells it once. */
  boolean takeMark() {
    boolean marked = mark;
    mark = false;
    return marked;
  }
}

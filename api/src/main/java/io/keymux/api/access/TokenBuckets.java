package io.keymux.api.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each name; it fills at a rate, and what is done takes one out. Those that
 * were not used for longest are forgotten, which fills them. Safe for use by several threads.
 */
final class TokenBuckets {
  private static final int MOST = 100_000;
  private static final double NANOS = 1e9;

  private final RateLimits.Rate rate;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST;
        }
      };

  private record Bucket(double tokens, long at) {}

  TokenBuckets(RateLimits.Rate rate, LongSupplier nanoTime) {
    this.rate = rate;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes a token.
   *
   * @return 0, or after how many seconds there is one
   */
  synchronized long take(String name) {
    Bucket now = now(name);
    boolean there = now.tokens >= 1;
    buckets.put(name, there ? new Bucket(now.tokens - 1, now.at) : now);
    return there ? 0 : seconds(now);
  }

  /** As {@link #take}, but takes nothing. */
  synchronized long ask(String name) {
    Bucket now = buckets.containsKey(name) ? now(name) : new Bucket(rate.burst(), 0);
    return now.tokens >= 1 ? 0 : seconds(now);
  }

  private Bucket now(String name) {
    long at = nanoTime.getAsLong();
    Bucket before = buckets.getOrDefault(name, new Bucket(rate.burst(), at));
    double grown = before.tokens + (at - before.at) / NANOS * rate.perSecond();
    return new Bucket(Math.min(rate.burst(), grown), at);
  }

  private long seconds(Bucket bucket) {
    return Math.max(1, (long) Math.ceil((1 - bucket.tokens) / rate.perSecond()));
  }
}

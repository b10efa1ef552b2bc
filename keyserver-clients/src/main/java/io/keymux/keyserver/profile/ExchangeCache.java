package io.keymux.keyserver.profile;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/**
 * Answers of one key server, in memory, for a while: renditions of one title that are packaged at
 * once ask once. Answers are found by what was asked, never by a URL. Several askers at once wait
 * for one call; a failure is not kept.
 *
 * <p>KIDs of a request are only proposals, so requests that differ in nothing else are the same:
 * the later one gets the KIDs of the first.
 */
final class ExchangeCache {
  private final Duration lifetime;
  private final int most;
  private final LongSupplier nanoTime;
  private final Map<Wish, Entry> entries = new LinkedHashMap<>();

  /**
   * @param lifetime of an answer
   * @param most answers that are kept
   */
  ExchangeCache(Duration lifetime, int most, LongSupplier nanoTime) {
    this.lifetime = lifetime;
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /**
   * The answer to a request like this one, asked of {@code source} unless it is known.
   *
   * @throws DrmException as {@code source} for whoever asked it; those who waited ask themselves
   */
  CpixDocument get(KeyRequest request, KeyExchange source) throws InterruptedException {
    Wish wish = Wish.of(request);
    while (true) {
      Entry entry = claim(wish);
      if (entry.mine()) {
        return ask(wish, entry, request, source);
      }
      try {
        return entry.answer().get();
      } catch (ExecutionException e) {
        // Whoever asked has the failure; this one tries for itself.
      }
    }
  }

  private CpixDocument ask(Wish wish, Entry entry, KeyRequest request, KeyExchange source)
      throws InterruptedException {
    boolean done = false;
    try {
      CpixDocument document = source.exchange(request);
      entry.answer().complete(document);
      done = true;
      return document;
    } finally {
      if (!done) {
        forget(wish, entry);
        entry.answer().completeExceptionally(new IllegalStateException("no answer"));
      }
    }
  }

  private synchronized Entry claim(Wish wish) {
    long now = nanoTime.getAsLong();
    entries
        .values()
        .removeIf(entry -> entry.answer().isDone() && now - entry.since() >= lifetime.toNanos());
    Entry known = entries.get(wish);
    if (known != null) {
      return new Entry(known.answer(), known.since(), false);
    }
    Iterator<Entry> oldest = entries.values().iterator();
    while (entries.size() >= most && oldest.hasNext()) {
      if (oldest.next().answer().isDone()) {
        oldest.remove();
      }
    }
    Entry mine = new Entry(new CompletableFuture<>(), now, true);
    entries.put(wish, mine);
    return mine;
  }

  private synchronized void forget(Wish wish, Entry entry) {
    entries.remove(wish, entry);
  }

  /** A request without its KIDs: which rules share one is kept, as the number of the first. */
  private record Wish(KeyRequest shape, List<Integer> keys) {
    private static final KeyId NONE = KeyId.ofBytes(new byte[KeyId.SIZE_BYTES]);

    static Wish of(KeyRequest request) {
      List<KeyId> ids = request.keyIds();
      List<UsageRule> rules = new ArrayList<>();
      List<Integer> keys = new ArrayList<>();
      for (UsageRule rule : request.rules()) {
        rules.add(rule.withKeyId(NONE));
        keys.add(ids.indexOf(rule.keyId()));
      }
      return new Wish(request.withRules(rules), keys);
    }
  }

  /**
   * @param since when it was asked, by the clock
   * @param mine whether the holder has to ask
   */
  private record Entry(CompletableFuture<CpixDocument> answer, long since, boolean mine) {}
}

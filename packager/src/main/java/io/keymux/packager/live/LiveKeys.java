package io.keymux.packager.live;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.Track;
import io.keymux.packager.job.EncryptionKind;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.Protection;
import io.keymux.packager.plan.KeyPeriodPlan;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * The keys of a live stream, one set for each key period, asked for once. Safe for use by several
 * threads: the encryptors of one stream share it.
 *
 * <p>It has no thread of its own: keys are fetched where {@link #prefetch} is told to, or by the
 * encryptor that needs them first.
 */
public final class LiveKeys {
  /** Periods whose keys are kept: encryptors of one stream are not far apart. */
  private static final int KEPT_PERIODS = 8;

  private final KeyExchange exchange;
  private final String contentId;
  private final Protection protection;
  private final List<Track> tracks;
  private final SortedMap<Integer, CompletableFuture<KeyPeriodPlan>> periods = new TreeMap<>();

  LiveKeys(KeyExchange exchange, String contentId, Protection protection, List<Track> tracks) {
    this.exchange = exchange;
    this.contentId = contentId;
    this.protection = protection;
    this.tracks = List.copyOf(tracks);
  }

  /**
   * Fetches the keys of a period before a segment needs them, if they are not here yet.
   *
   * @param period counted from 0
   * @param executor runs one call of the key exchange
   * @return fails as the key exchange does; a later call asks again
   */
  public CompletableFuture<Void> prefetch(int period, Executor executor) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            period(period);
            done.complete(null);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            done.completeExceptionally(e);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  /**
   * The keys of a period; waits for the key exchange if they are not here.
   *
   * @param period counted from 0
   * @throws io.keymux.cpix.DrmException as the exchange does, or if a track has no key or several
   */
  KeyPeriodPlan period(int period) throws InterruptedException {
    while (true) {
      CompletableFuture<KeyPeriodPlan> own = new CompletableFuture<>();
      CompletableFuture<KeyPeriodPlan> first = register(period, own);
      if (first == own) {
        return fetch(period, own);
      }
      try {
        return first.get();
      } catch (ExecutionException e) {
        // Whoever asked was interrupted, which says nothing of the keys: ask again.
        if (!(e.getCause() instanceof InterruptedException)) {
          throw e.getCause() instanceof DrmException refused
              ? refused
              : new IllegalStateException(e);
        }
      }
    }
  }

  /** Who comes first asks; nobody waits for the keys of another period. */
  private synchronized CompletableFuture<KeyPeriodPlan> register(
      int period, CompletableFuture<KeyPeriodPlan> own) {
    CompletableFuture<KeyPeriodPlan> known = periods.putIfAbsent(period, own);
    if (periods.size() > KEPT_PERIODS) {
      periods.remove(periods.firstKey());
    }
    return known == null ? own : known;
  }

  private KeyPeriodPlan fetch(int period, CompletableFuture<KeyPeriodPlan> answer)
      throws InterruptedException {
    try {
      KeyPeriodPlan plan = exchange(period);
      answer.complete(plan);
      return plan;
    } catch (InterruptedException | RuntimeException e) {
      synchronized (this) {
        periods.remove(period, answer);
      }
      answer.completeExceptionally(e);
      throw e;
    }
  }

  private KeyPeriodPlan exchange(int period) throws InterruptedException {
    List<Track> encrypted =
        tracks.stream().filter(t -> !protection.clearTracks().contains(t.name())).toList();
    KeySchedule schedule = protection.schedule();
    KeyRequest request =
        KeyPeriodPlan.request(
            contentId,
            protection,
            encrypted,
            schedule.rotates() ? KeyPeriod.numbered(period + 1L) : null);
    CpixDocument document = exchange.exchange(request);
    return KeyPeriodPlan.of(protection, EncryptionKind.COMMON_ENCRYPTION, tracks, document);
  }
}

package io.keymux.keyserver.profile;

import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that are kept for a while: found by what was asked, and asked for once. */
@Timeout(20)
class ExchangeCacheTest {
  private static final KeyRequest ASKED = Requests.of(Requests.perType(), WIDEVINE);

  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger calls = new AtomicInteger();
  private final ExchangeCache cache = new ExchangeCache(Duration.ofSeconds(60), 2, clock::get);
  private final KeyExchange source =
      request -> {
        calls.incrementAndGet();
        return TestAccounts.PRODUCER.exchange(request);
      };

  @Test
  void get_sameWish_isAskedOnceUntilItIsOld() throws Exception {
    CpixDocument first = cache.get(ASKED, source);
    assertThat(cache.get(ASKED, source)).isSameAs(first);
    clock.addAndGet(Duration.ofSeconds(60).toNanos());
    assertThat(cache.get(ASKED, source)).isNotSameAs(first);
    assertThat(calls).hasValue(2);
  }

  @Test
  void get_otherKidsOnly_isTheSameWish() throws Exception {
    CpixDocument first = cache.get(ASKED, source);

    assertThat(cache.get(withOtherKids(), source)).isSameAs(first);
  }

  @Test
  void get_otherContentSchemeRulesOrSystems_isAnotherWish() throws Exception {
    cache.get(ASKED, source);
    cache.get(Requests.of(Requests.shared(), WIDEVINE), source);
    cache.get(Requests.of(Requests.perType(), io.keymux.cpix.DrmSystem.FAIRPLAY), source);
    cache.get(
        new KeyRequest("movie-2", ASKED.scheme(), ASKED.systems(), ASKED.rules(), null), source);
    List<UsageRule> oneKey =
        ASKED.rules().stream().map(rule -> rule.withKeyId(ASKED.keyIds().get(0))).toList();
    cache.get(
        new KeyRequest(ASKED.contentId(), ASKED.scheme(), ASKED.systems(), oneKey, null), source);

    assertThat(calls).hasValue(5);
  }

  @Test
  void get_otherPeriod_isAnotherWish() throws Exception {
    CpixDocument always = cache.get(ASKED, source);
    CpixDocument first = cache.get(ASKED.during(KeyPeriod.numbered(1)), source);

    assertThat(cache.get(ASKED.during(KeyPeriod.numbered(1)), source)).isSameAs(first);
    assertThat(first.contentKeys()).doesNotContainAnyElementsOf(always.contentKeys());
    assertThat(cache.get(ASKED.during(KeyPeriod.numbered(2)), source).contentKeys())
        .doesNotContainAnyElementsOf(first.contentKeys());
    assertThat(calls).hasValue(3);
  }

  @Test
  void get_moreThanFit_forgetsTheOldest() throws Exception {
    cache.get(ASKED, source);
    cache.get(Requests.of(Requests.shared(), WIDEVINE), source);
    cache.get(Requests.of(Requests.perTrack(), WIDEVINE), source);
    cache.get(ASKED, source);

    assertThat(calls).hasValue(4);
  }

  @Test
  void get_twentyAtOnce_callOnce() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    KeyExchange slow =
        request -> {
          Thread.sleep(100);
          return source.exchange(request);
        };
    ExecutorService pool = Executors.newFixedThreadPool(20);
    try {
      List<Future<CpixDocument>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(
            pool.submit(
                () -> {
                  go.await();
                  return cache.get(ASKED, slow);
                }));
      }
      go.countDown();
      CpixDocument first = answers.get(0).get();
      for (Future<CpixDocument> answer : answers) {
        assertThat(answer.get()).isSameAs(first);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  void get_failure_isNotKept() throws Exception {
    KeyExchange broken =
        request -> {
          throw KeyExchangeException.unreachable("keys.example", "it is a test");
        };

    assertThat(catchThrowableOfType(KeyExchangeException.class, () -> cache.get(ASKED, broken)))
        .isNotNull();
    assertThat(cache.get(ASKED, source).contentKeys()).hasSize(2);
  }

  private static KeyRequest withOtherKids() {
    List<UsageRule> rules = new ArrayList<>();
    long number = 1;
    for (UsageRule rule : ASKED.rules()) {
      rules.add(rule.withKeyId(new KeyId(new UUID(7, 1L << 63 | number++))));
    }
    return new KeyRequest(ASKED.contentId(), ASKED.scheme(), ASKED.systems(), rules, null);
  }
}

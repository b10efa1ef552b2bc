package io.keymux.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.problem.RequestException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final long SECOND = 1_000_000_000L;
  private final AtomicLong now = new AtomicLong(-7);
  private final Throttle throttle =
      new Throttle(
          new RateLimits(new RateLimits.Rate(2, 3), new RateLimits.Rate(0.5, 4)), now::get);

  private static Principal wrong() {
    throw RequestException.unauthorized("Bearer");
  }

  private static Supplier<Principal> right(String tenant) {
    return () -> new Principal("key", tenant, Set.of());
  }

  private int status(String address, Supplier<Principal> proof) {
    try {
      throttle.admit(address, proof);
      return 200;
    } catch (RequestException e) {
      return e.status();
    }
  }

  @Test
  void refusals_beyondTheBurst_waitAndComeBack() {
    for (int i = 0; i < 4; i++) {
      assertThat(status("192.0.2.1", ThrottleTest::wrong)).isEqualTo(401);
    }
    assertThatThrownBy(() -> throttle.admit("192.0.2.1", ThrottleTest::wrong))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> {
              assertThat(e.status()).isEqualTo(429);
              assertThat(e.retryAfter()).isEqualTo(2);
            });
    // Even with the right one: it may have been guessed.
    assertThat(status("192.0.2.1", right("a"))).isEqualTo(429);
    assertThat(status("192.0.2.2", right("a"))).isEqualTo(200);
    now.addAndGet(2 * SECOND);
    assertThat(status("192.0.2.1", ThrottleTest::wrong)).isEqualTo(401);
    assertThat(status("192.0.2.1", ThrottleTest::wrong)).isEqualTo(429);
    now.addAndGet(1000 * SECOND);
    for (int i = 0; i < 4; i++) {
      assertThat(status("192.0.2.1", ThrottleTest::wrong)).isEqualTo(401);
    }
    assertThat(status("192.0.2.1", ThrottleTest::wrong)).isEqualTo(429);
  }

  @Test
  void refusals_ofOneNetworkOfIpv6_countTogether() {
    for (int i = 0; i < 4; i++) {
      assertThat(status("2001:db8:1:2::" + i, ThrottleTest::wrong)).isEqualTo(401);
    }
    assertThat(status("2001:db8:1:2:ffff::1", ThrottleTest::wrong)).isEqualTo(429);
    assertThat(status("2001:db8:1:3::1", ThrottleTest::wrong)).isEqualTo(401);
  }

  @Test
  void tenant_beyondItsRate_waitsAndOthersDoNot() {
    for (int i = 0; i < 3; i++) {
      assertThat(status("192.0.2." + i, right("a"))).isEqualTo(200);
    }
    assertThat(status("192.0.2.9", right("a"))).isEqualTo(429);
    assertThat(status("192.0.2.9", right("b"))).isEqualTo(200);
    now.addAndGet(SECOND / 2);
    assertThat(status("192.0.2.9", right("a"))).isEqualTo(200);
    assertThat(status("192.0.2.9", right("a"))).isEqualTo(429);
  }

  @Test
  void addresses_byTheMillion_areForgottenAndNotKept() {
    TokenBuckets buckets = new TokenBuckets(new RateLimits.Rate(1, 1), now::get);
    for (int i = 0; i < 150_000; i++) {
      assertThat(buckets.take("a" + i)).isZero();
    }
    assertThat(buckets.ask("a149999")).isEqualTo(1);
    assertThat(buckets.ask("a0")).isZero();
  }

  @Test
  void asking_takesNothing() {
    TokenBuckets buckets = new TokenBuckets(new RateLimits.Rate(1, 1), now::get);
    for (int i = 0; i < 5; i++) {
      assertThat(buckets.ask("a")).isZero();
    }
    assertThat(buckets.take("a")).isZero();
    assertThat(buckets.take("a")).isEqualTo(1);
  }
}

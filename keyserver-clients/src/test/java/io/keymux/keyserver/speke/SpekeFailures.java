package io.keymux.keyserver.speke;

import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyRequest;
import io.keymux.keyserver.http.KeyExchangeException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An exchange that must fail: its request, its good answer and what every failure has. */
final class SpekeFailures {
  static final KeyRequest REQUEST = Requests.of(Requests.shared(), WIDEVINE);
  static final String GOOD = SpekeAnswer.to(REQUEST);
  static final String KEY = SpekeAnswer.key(1);

  private SpekeFailures() {}

  static SpekeClient counting(URI url, AtomicInteger attempts) {
    return SpekeClient.builder(SpekeVersion.V2_0, url)
        .timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(6))
        .attempts(3, Duration.ofMillis(1))
        .authorizer(
            (call, sender) -> {
              attempts.incrementAndGet();
              return call;
            })
        .build();
  }

  static KeyExchangeException fails(SpekeClient client, String code) {
    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client.exchange(REQUEST));
    assertThat(error).as(code).isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    assertThat(error.blame()).isEqualTo(DrmException.Blame.UPSTREAM);
    assertThat(error)
        .hasNoCause()
        .hasMessageNotContaining(SpekeServer.PATH_SECRET)
        .hasMessageNotContaining(SpekeServer.QUERY_SECRET);
    Leaks.assertNone(error, KEY);
    return error;
  }
}

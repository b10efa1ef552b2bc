package io.keymux.keyserver.widevine;

import io.keymux.cpix.KeyPeriod;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keys that change with time.
 *
 * @param firstIndex number of the first period asked for, 0 to 2^32 - 1
 * @param count how many, 1 to 1000; the last one's number is at most 2^32 - 1
 * @param seconds how long one lasts, or 0 to leave that out of the request
 */
public record CryptoPeriods(long firstIndex, int count, int seconds) {
  private static final long INDEX_LIMIT = 1L << 32;
  private static final int MOST = 1000;

  public CryptoPeriods {
    if (firstIndex < 0
        || count < 1
        || count > MOST
        || firstIndex + count > INDEX_LIMIT
        || seconds < 0) {
      throw new IllegalArgumentException(
          "%d crypto periods from %d of %d s".formatted(count, firstIndex, seconds));
    }
  }

  /**
   * The one crypto period that stands for {@code period}: its index itself, or, where periods are
   * configured, the place that it has when they are counted on from the first.
   *
   * @throws IllegalArgumentException if there is no such number
   */
  static CryptoPeriods only(@Nullable CryptoPeriods configured, KeyPeriod period) {
    long index = Objects.requireNonNull(period.index());
    return configured == null
        ? new CryptoPeriods(index, 1, 0)
        : new CryptoPeriods(configured.firstIndex() + index - 1, 1, configured.seconds());
  }
}

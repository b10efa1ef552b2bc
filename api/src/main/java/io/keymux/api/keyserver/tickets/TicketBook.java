package io.keymux.api.keyserver.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tickets of one kind and what each is good for. Of too many the oldest go. Safe for use by several
 * threads.
 *
 * <p>Only digests are kept. They are what tickets are looked up by, so the time that a look-up
 * takes says nothing about a ticket.
 */
final class TicketBook<V> {
  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Entry<V>(V value, Instant end) {}

  private final String prefix;
  private final Duration lifetime;
  private final int limit;
  private final Clock clock;

  /** The oldest first, and as all live equally long, the first to end first. */
  private final Map<Bytes, Entry<V>> entries = new LinkedHashMap<>();

  /**
   * @param prefix of every ticket, as {@code ST-}
   * @param limit how many are kept
   */
  TicketBook(String prefix, Duration lifetime, int limit, Clock clock) {
    this.prefix = prefix;
    this.lifetime = lifetime;
    this.limit = limit;
    this.clock = clock;
  }

  /** A new ticket with 256 random bits. */
  synchronized String issue(V value) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    String ticket = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Instant now = clock.instant();
    entries.put(digest(ticket), new Entry<>(value, now.plus(lifetime)));
    Iterator<Entry<V>> oldest = entries.values().iterator();
    while (oldest.hasNext() && (!now.isBefore(oldest.next().end) || entries.size() > limit)) {
      oldest.remove();
    }
    return ticket;
  }

  /** What the ticket is good for; empty if it is not known or has expired. */
  synchronized Optional<V> find(String ticket) {
    return valid(entries.get(digest(ticket)));
  }

  /** As {@link #find}; the ticket is not known any more afterwards. */
  synchronized Optional<V> take(String ticket) {
    return valid(entries.remove(digest(ticket)));
  }

  private Optional<V> valid(@Nullable Entry<V> entry) {
    return entry != null && clock.instant().isBefore(entry.end)
        ? Optional.of(entry.value)
        : Optional.empty();
  }

  private static Bytes digest(String ticket) {
    try {
      return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

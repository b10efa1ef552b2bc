package io.keymux.cpix;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Documents of rules for tests. KIDs are numbers; each key is its own KID. */
final class Rules {
  private Rules() {}

  static KeyId kid(int number) {
    return KeyId.parse("%032x".formatted(number));
  }

  static ContentKey key(int number) {
    return new ContentKey(kid(number), SecretBytes.copyOf(kid(number).toBytes()), null, null);
  }

  static ContentKey leaf(int number, int root) {
    return new ContentKey(
        kid(number), key(number).value(), null, null, KeyDetails.leafOf(kid(root)));
  }

  static UsageRule rule(int key, Filter... filters) {
    return new UsageRule(kid(key), "", List.of(filters));
  }

  /** With a key for each rule. */
  static CpixDocument document(UsageRule... rules) {
    return document(List.of(), rules);
  }

  /** With a key for each rule. */
  static CpixDocument document(List<KeyPeriod> periods, UsageRule... rules) {
    List<ContentKey> keys =
        Stream.of(rules)
            .map(UsageRule::keyId)
            .distinct()
            .map(id -> new ContentKey(id, SecretBytes.copyOf(id.toBytes()), null, null))
            .toList();
    return document(keys, periods, rules);
  }

  static CpixDocument document(List<ContentKey> keys, List<KeyPeriod> periods, UsageRule... rules) {
    return new CpixDocument(
        null, null, keys, List.of(), List.of(), periods, List.of(rules), DocumentDetails.NONE);
  }

  static KeyPeriod numbered(String id, long index) {
    return new KeyPeriod(id, index, null, null);
  }

  /**
   * On the clock.
   *
   * @param start as {@code 2026-01-01T00:00:00Z}; {@code -} for none
   */
  static KeyPeriod timed(String id, String start, String end) {
    return new KeyPeriod(id, null, time(start), time(end));
  }

  /**
   * In the content.
   *
   * @param start as {@code PT10S}; {@code -} for none
   */
  static KeyPeriod offset(String id, String start, String end, String duration) {
    return new KeyPeriod(
        id, null, null, null, null, duration(start), duration(end), duration(duration));
  }

  private static @Nullable OffsetDateTime time(String text) {
    return text.equals("-") ? null : OffsetDateTime.parse(text);
  }

  private static @Nullable Duration duration(String text) {
    return text.equals("-") ? null : Duration.parse(text);
  }
}

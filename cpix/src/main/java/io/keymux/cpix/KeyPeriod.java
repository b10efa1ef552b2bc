package io.keymux.cpix;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time with keys of its own: {@code [start, end)}, or only numbered. Null means
 * absent.
 *
 * @param id unique in the document; empty if it has none, and then no rule can name it
 * @param index its number, or null if it is given by time
 * @param label free text for people
 * @param startOffset from the start of the content, for content on demand
 * @param endOffset from the start of the content
 * @param duration in place of an end
 * @see "DASH-IF CPIX, ContentKeyPeriod Element"
 */
public record KeyPeriod(
    String id,
    @Nullable Long index,
    @Nullable OffsetDateTime start,
    @Nullable OffsetDateTime end,
    @Nullable String label,
    @Nullable Duration startOffset,
    @Nullable Duration endOffset,
    @Nullable Duration duration) {

  /** A period as documents before 2.4 have it. */
  public KeyPeriod(
      String id,
      @Nullable Long index,
      @Nullable OffsetDateTime start,
      @Nullable OffsetDateTime end) {
    this(id, index, start, end, null, null, null, null);
  }

  /**
   * A period of content on demand without times, called {@code period-1} and so on.
   *
   * @param index counted from 1
   */
  public static KeyPeriod numbered(long index) {
    return new KeyPeriod("period-" + index, index, null, null);
  }
}

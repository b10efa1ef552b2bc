package io.keymux.cpix;

import java.time.Duration;
import java.time.Instant;

/** Which {@link KeyPeriod} of a document is meant. */
public sealed interface KeyPeriodSelector {

  /** The period of that id, which is not empty. */
  record ById(String id) implements KeyPeriodSelector {}

  /** The period of that number. */
  record ByIndex(long index) implements KeyPeriodSelector {}

  /** The period that holds an instant, if one does; start is inclusive, end exclusive. */
  record AtTime(Instant time) implements KeyPeriodSelector {}

  /**
   * The period that holds a place in content on demand, if one does; start is inclusive, end
   * exclusive.
   *
   * @param offset from the start of the content
   */
  record AtOffset(Duration offset) implements KeyPeriodSelector {}
}

package io.keymux.api.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How far a job is; states only move down this list, but for a job that is tried again, which
 * becomes {@link #QUEUED}. The last three are final.
 */
public enum JobState {
  QUEUED,
  PREPARING,
  ACQUIRING_KEYS,
  PACKAGING,
  VERIFYING,
  /** The output goes to where it was asked for. */
  UPLOADING,
  /** A cancel was asked for; the engine has not stopped yet. */
  CANCELLING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** As JSON shows it, such as {@code acquiring-keys}. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException if there is no such state
   */
  public static JobState ofId(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Whether a job in this state never changes again. */
  public boolean terminal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}

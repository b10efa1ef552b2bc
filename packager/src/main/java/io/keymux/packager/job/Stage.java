package io.keymux.packager.job;

/** What a job is doing. */
public enum Stage {
  PREPARING,
  ACQUIRING_KEYS,
  PACKAGING,
  VERIFYING,
  PUBLISHING
}

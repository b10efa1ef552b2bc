package io.keymux.cpix;

/** What a track holds. Text stays clear. */
public enum TrackType {
  VIDEO,
  AUDIO,
  TEXT
}

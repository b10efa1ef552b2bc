package io.keymux.packager.media;

/** How media is laid out in files. */
public enum Layout {
  /** An init segment and one file for each segment. */
  SEGMENTS,
  /** One file for each track, with a {@code sidx}. */
  SINGLE_FILE
}

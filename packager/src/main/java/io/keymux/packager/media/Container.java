package io.keymux.packager.media;

/** What media segments are made of. */
public enum Container {
  /** Fragmented MP4 with an init segment. */
  FMP4,
  /** MPEG-2 transport streams for video, packed audio for audio; for HLS alone. */
  TS
}

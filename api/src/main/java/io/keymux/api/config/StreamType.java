package io.keymux.api.config;

/** What DRMtoday calls the tracks that share a key. */
public enum StreamType {
  AUDIO,
  /** All video, whatever its size. */
  VIDEO,
  /** One key for everything. */
  VIDEO_AUDIO,
  SD,
  /** Above SD; up to 1920x1080 if there are types above it. */
  HD,
  UHD1,
  UHD2;

  /** Whether it is one of the classes that video is divided into by its size. */
  public boolean videoClass() {
    return switch (this) {
      case SD, HD, UHD1, UHD2 -> true;
      case AUDIO, VIDEO, VIDEO_AUDIO -> false;
    };
  }
}

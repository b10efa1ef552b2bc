package io.keymux.cpix;

/** What usage rules look at in a {@link Track}, beside its type. */
public enum TrackProperty {
  PIXELS("pixel count"),
  FRAME_RATE("frame rate"),
  HDR("dynamic range"),
  WCG("colour gamut"),
  CHANNELS("number of channels"),
  BITRATE("bit rate"),
  LABELS("labels");

  private final String text;

  TrackProperty(String text) {
    this.text = text;
  }

  /** In words: {@code frame rate}. */
  public String text() {
    return text;
  }
}

package io.keymux.cpix;

import java.util.Set;

/**
 * A track as usage rules and manifests see it: no bytes, only properties.
 *
 * @param name unique in a job, safe as a folder name: {@code video-1080p}, {@code audio-en-2ch}
 * @param labels what label filters look at; always holds {@code name}
 * @param language BCP-47, {@code und} if unknown
 * @param codecs the RFC 6381 string of the original format, never {@code encv}
 * @param bitrate average in bit/s, rounded up; 0 only for an empty track
 * @param width coded width in pixels; 0 unless video
 * @param height coded height in pixels; 0 unless video
 * @param frameRate frames (for interlaced, pairs of fields) a second; 0 if unknown or not video
 * @param hdr PQ or HLG transfer
 * @param wcg wide colour gamut (BT.2020 primaries)
 * @param channels audio channels including LFE; 0 unless audio
 * @param sampleRate in Hz; 0 unless audio
 */
public record Track(
    String name,
    TrackType type,
    Set<String> labels,
    String language,
    String codecs,
    long bitrate,
    int width,
    int height,
    double frameRate,
    boolean hdr,
    boolean wcg,
    int channels,
    int sampleRate) {

  public Track {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a track needs a name");
    }
    if (!labels.contains(name)) {
      throw new IllegalArgumentException("labels of " + name + " lack its name: " + labels);
    }
    labels = Set.copyOf(labels);
  }

  public long pixels() {
    return (long) width * height;
  }

  /** The name and the properties that rules look at: {@code video-720p (1280x720, 24 fps)}. */
  public String describe() {
    return switch (type) {
      case VIDEO ->
          name
              + " ("
              + width
              + "x"
              + height
              + ", "
              + thousandths(frameRate)
              + " fps, "
              + bitrate
              + " bit/s)";
      case AUDIO -> name + " (" + channels + " channels, " + language + ", " + bitrate + " bit/s)";
      case TEXT -> name + " (text, " + language + ")";
    };
  }

  /** With three digits behind the point, in all locales; a formatter is slow at its first use. */
  private static String thousandths(double value) {
    long thousandths = Math.round(value * 1000);
    String digits = Long.toString(thousandths % 1000);
    return thousandths / 1000 + "." + "0".repeat(3 - digits.length()) + digits;
  }
}

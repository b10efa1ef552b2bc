package io.keymux.packager.text;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.input.MediaSource;

/** The ways in which timed text is refused, with the texts the user reads. */
final class BadText {
  /** Of one input, and of the samples made of it. */
  static final int MAX_BYTES = 64 << 20;

  private BadText() {}

  static DrmException notUtf8(MediaSource source, int line) {
    return malformed(source, "line " + line + " is not UTF-8", "Save it as UTF-8.");
  }

  static DrmException noSignature(MediaSource source) {
    return malformed(
        source, "line 1 does not begin with WEBVTT", "Check that it is a WebVTT file.");
  }

  static DrmException badMap(MediaSource source, int line) {
    return malformed(
        source,
        "line " + line + " is no X-TIMESTAMP-MAP",
        "Write X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000, or leave the line out.");
  }

  static DrmException noCue(MediaSource source) {
    return new DrmException(
        Blame.CALLER,
        "no-tracks",
        "Input %s has no cue that can be shown.".formatted(source.name()),
        "Check that the right file was given.");
  }

  static DrmException tooLarge(String name, String what) {
    return new DrmException(
        Blame.UNSUPPORTED,
        "text-too-large",
        "Input %s: %s more than %d bytes.".formatted(name, what, MAX_BYTES),
        "Check that it is a text track with few cues at the same time; split it.");
  }

  static DrmException badSample(String name, int track, int sample, String problem) {
    return new DrmException(
        Blame.CALLER,
        "malformed-mp4",
        "Input %s, track %d, sample %d: %s".formatted(name, track, sample, problem),
        "The file is damaged: make it anew.");
  }

  private static DrmException malformed(MediaSource source, String what, String remedy) {
    return new DrmException(
        Blame.CALLER, "webvtt-malformed", "Input %s: %s.".formatted(source.name(), what), remedy);
  }
}

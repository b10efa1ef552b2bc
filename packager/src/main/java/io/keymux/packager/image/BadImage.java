package io.keymux.packager.image;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;

/** The ways in which an image is refused, with the texts the user reads. */
final class BadImage {
  private BadImage() {}

  static DrmException malformed(String name, int offset, String what) {
    return new DrmException(
        Blame.CALLER,
        "image-malformed",
        "Image %s, byte %d: %s.".formatted(name, offset, what),
        "The file is damaged: make it anew.");
  }

  static DrmException truncated(String name, int offset, String what) {
    return malformed(name, offset, "the file ends in " + what);
  }

  static DrmException unsupported(String name, int offset, String what) {
    return new DrmException(
        Blame.UNSUPPORTED,
        "image-unsupported",
        "Image %s, byte %d: %s.".formatted(name, offset, what),
        "Give a PNG, or a JPEG in baseline or progressive mode with 8 bits.");
  }

  static DrmException tooLarge(String name, String what) {
    return new DrmException(
        Blame.UNSUPPORTED,
        "image-too-large",
        "Image %s has %s.".formatted(name, what),
        "Put fewer or smaller thumbnails into one image.");
  }
}

package io.keymux.cpix.xml;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DrmException;
import org.jspecify.annotations.Nullable;

/** Keeps what a version of CPIX cannot say out of its documents: dropping it would be a lie. */
record VersionCheck(CpixVersion version) {

  /**
   * Lets {@code value} through if there is none, or the version has a place for it.
   *
   * @param what the element or attribute, for the message
   * @throws DrmException with code {@code cpix-not-in-version} if the version is older
   */
  <T> @Nullable T since(CpixVersion first, String what, @Nullable T value) {
    if (value != null && !version.isAtLeast(first)) {
      throw missing(what, "was added in " + first.text());
    }
    return value;
  }

  /**
   * As {@link #since}, for what was removed later.
   *
   * @throws DrmException with code {@code cpix-not-in-version} if the version is newer
   */
  <T> @Nullable T until(CpixVersion last, String what, @Nullable T value) {
    if (value != null && !last.isAtLeast(version)) {
      throw missing(what, "was removed after " + last.text());
    }
    return value;
  }

  private DrmException missing(String what, String when) {
    return new DrmException(
        DrmException.Blame.CALLER,
        "cpix-not-in-version",
        "CPIX %s has no %s: it %s.".formatted(version.text(), what, when),
        "Write another version of CPIX, or leave it out.");
  }
}

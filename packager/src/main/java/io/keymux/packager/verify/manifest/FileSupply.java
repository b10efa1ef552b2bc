package io.keymux.packager.verify.manifest;

import org.jspecify.annotations.Nullable;

/** Brings the files of a presentation to its folder as they are found to be needed. */
@FunctionalInterface
public interface FileSupply {
  /** For a folder that has all its files. */
  FileSupply NONE = (name, query) -> {};

  /**
   * Puts a file to its place unless it is there; does nothing if there is no such file.
   *
   * @param name relative to the folder, with {@code /}, without {@code .} and {@code ..}
   * @param query of the reference that a manifest has, as it stands there, or null
   * @throws io.keymux.cpix.DrmException if it cannot be brought
   */
  void supply(String name, @Nullable String query);
}

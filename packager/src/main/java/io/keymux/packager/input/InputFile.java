package io.keymux.packager.input;

import java.nio.file.Path;

/**
 * A file that a job reads, wherever it lies: on this machine, or behind a URL. It may be opened
 * several times, one after the other or at once.
 *
 * <p>Two that are equal are the same file. Implementations print as {@link #name}, which goes into
 * messages, logs and reports: it holds no credential.
 */
public interface InputFile {

  /** A local file, which is looked at when it is opened. */
  static InputFile of(Path path) {
    return new LocalFile(path);
  }

  /** The file as the user wrote it, for messages; credentials removed. */
  String name();

  /** The last part of the name alone, as {@code movie.mp4}; empty if there is none. */
  String fileName();

  /** The last part of the name of the folder that it lies in; empty if there is none. */
  String folderName();

  /**
   * Size in bytes.
   *
   * @throws io.keymux.cpix.DrmException with code {@code input-unreadable}, or another of its
   *     storage, if there is no such file or it cannot be read
   */
  long size();

  /**
   * Opens it for reading.
   *
   * @throws io.keymux.cpix.DrmException as {@link #size}
   */
  MediaSource open();
}

package io.keymux.api.storage;

import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.SegmentPlaylist;
import java.time.Duration;

/**
 * An input that is read over the network.
 *
 * @param path without a query, with {@code /}, decoded
 */
record RemoteInput(RemoteFile file, String path, RemoteReads reads) implements InputFile {
  /** For all of a playlist: a client waits while it is read. */
  static final Duration PLAYLIST = Duration.ofMinutes(1);

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public String folderName() {
    int end = path.lastIndexOf('/');
    return end <= 0 ? "" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public MediaSource open() {
    return reads.open(file, SegmentPlaylist.isNamedSo(this) ? PLAYLIST : null);
  }

  @Override
  public String toString() {
    return name();
  }
}

package io.keymux.api.storage;

import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.MediaSource;

/**
 * An input that is read over the network.
 *
 * @param path without a query, with {@code /}, decoded
 */
record RemoteInput(RemoteFile file, String path, RemoteReads reads) implements InputFile {

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
    return reads.open(file);
  }

  @Override
  public String toString() {
    return name();
  }
}

package io.keymux.packager.input;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several files, one behind the other, as one run of bytes: an initialization segment and its media
 * segments. A file is opened when it is read, and few are open at a time.
 */
public final class JoinedSource implements MediaSource {
  private static final int MAX_OPEN = 32;

  private final List<InputFile> files;

  /** Where each file starts; one more than there are files. */
  private final long[] starts;

  /** The open files by their index, the one used last at the end. */
  private final Map<Integer, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);

  /** A file that may not be closed while it has readers. */
  private static final class OpenFile {
    private final MediaSource source;
    private int readers;

    OpenFile(MediaSource source) {
      this.source = source;
    }
  }

  private JoinedSource(List<InputFile> files, long[] starts) {
    this.files = files;
    this.starts = starts;
  }

  /**
   * Joins local files.
   *
   * @param files in order, at least one
   * @throws DrmException as {@link #of}
   */
  public static JoinedSource open(List<Path> files) {
    return of(files.stream().map(InputFile::of).toList());
  }

  /**
   * @param files in order, at least one
   * @throws DrmException with code {@code input-unreadable}, or another of its storage, if one is
   *     no readable file, or {@code input-empty} if one has no bytes
   */
  public static JoinedSource of(List<InputFile> files) {
    long[] starts = new long[files.size() + 1];
    for (int i = 0; i < files.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], size(files.get(i)));
    }
    return new JoinedSource(List.copyOf(files), starts);
  }

  private static long size(InputFile file) {
    long size = file.size();
    if (size == 0) {
      throw new DrmException(
          Blame.CALLER,
          "input-empty",
          "Input %s is empty.".formatted(file.name()),
          "Check that the file was written completely.");
    }
    return size;
  }

  /** That of the first file. */
  @Override
  public String name() {
    return files.get(0).name();
  }

  @Override
  public long size() {
    return starts[files.size()];
  }

  @Override
  public SourcePart part(long position) {
    int file = file(position);
    return new SourcePart(files.get(file).name(), starts[file], starts[file + 1]);
  }

  private int file(long position) {
    // An empty sample may lie behind the last byte.
    int found = Arrays.binarySearch(starts, Math.min(position, size() - 1));
    return found >= 0 ? found : -found - 2;
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) {
    int done = 0;
    while (done < length) {
      long at = position + done;
      if (at >= size()) {
        throw new DrmException(
            Blame.CALLER,
            "input-truncated",
            "%s and the files behind it have %d bytes, but bytes %d to %d are needed."
                .formatted(name(), size(), position, position + length),
            "A file is incomplete: copy or make it anew.");
      }
      int file = file(at);
      int wanted = (int) Math.min(length - done, starts[file + 1] - at);
      OpenFile from = acquire(file);
      try {
        from.source.read(at - starts[file], target, offset + done, wanted);
      } finally {
        release(from);
      }
      done += wanted;
    }
  }

  private OpenFile acquire(int file) {
    synchronized (open) {
      OpenFile found = open.get(file);
      if (found == null) {
        found = new OpenFile(files.get(file).open());
        open.put(file, found);
        closeUnused();
      }
      found.readers++;
      return found;
    }
  }

  private void release(OpenFile file) {
    synchronized (open) {
      file.readers--;
    }
  }

  private void closeUnused() {
    Iterator<OpenFile> oldest = open.values().iterator();
    for (int excess = open.size() - MAX_OPEN; excess > 0 && oldest.hasNext(); ) {
      OpenFile file = oldest.next();
      // The newest is at the end, and its reader is not counted yet.
      if (file.readers == 0 && oldest.hasNext()) {
        file.source.close();
        oldest.remove();
        excess--;
      }
    }
  }

  @Override
  public void close() {
    synchronized (open) {
      open.values().forEach(file -> file.source.close());
      open.clear();
    }
  }
}

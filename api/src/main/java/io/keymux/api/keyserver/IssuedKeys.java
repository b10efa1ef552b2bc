package io.keymux.api.keyserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.KeyId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The KIDs that keys were issued for, and for which content. A seed gives a key for any KID at all;
 * only those on this list are delivered. It holds no key.
 *
 * <p>Kept as lines of KID, blank, content id in a file that is only appended to, so several
 * processes may share it. What is known stays in memory, so the file is touched only for KIDs that
 * are not: a new one is one append, and one that another process may have issued is looked up in
 * what was appended since. A line that was cut off by a crash is skipped. Safe for use by several
 * threads.
 */
public final class IssuedKeys {
  private static final int KID_CHARS = 36;

  private final Path file;
  private final Map<KeyId, Set<String>> contents = new ConcurrentHashMap<>();

  /** Where the lines that were not read yet begin; guarded by this. */
  private long readBytes;

  /**
   * @param file need not exist yet
   */
  public IssuedKeys(Path file) {
    this.file = file;
  }

  /**
   * Remembers that these KIDs are used by {@code contentId}.
   *
   * @param contentId without line breaks
   * @throws DrmException with code {@code data-directory} if that cannot be written
   */
  public void add(String contentId, Collection<KeyId> ids) {
    if (!ids.stream().allMatch(id -> knows(contentId, id))) {
      append(contentId, ids);
    }
  }

  /** Every KID that a key was issued for. */
  synchronized Set<KeyId> all() {
    refresh();
    return Set.copyOf(contents.keySet());
  }

  /** Whether a key was issued for this KID, whatever the content. */
  public boolean contains(KeyId id) {
    if (!contents.containsKey(id)) {
      refresh();
    }
    return contents.containsKey(id);
  }

  /** Whether a key was issued for this KID and content. */
  public boolean contains(String contentId, KeyId id) {
    if (!knows(contentId, id)) {
      refresh();
    }
    return knows(contentId, id);
  }

  private boolean knows(String contentId, KeyId id) {
    return contents.getOrDefault(id, Set.of()).contains(contentId);
  }

  private synchronized void append(String contentId, Collection<KeyId> ids) {
    boolean cutOff = refresh();
    List<KeyId> fresh = ids.stream().filter(id -> !knows(contentId, id)).distinct().toList();
    if (fresh.isEmpty()) {
      return;
    }
    StringBuilder lines = new StringBuilder(cutOff ? "\n" : "");
    fresh.forEach(id -> lines.append(id).append(' ').append(contentId).append('\n'));
    // One write in append mode: lines of several processes do not mix.
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
    fresh.forEach(id -> remember(id, contentId));
  }

  private void remember(KeyId id, String contentId) {
    contents.computeIfAbsent(id, any -> ConcurrentHashMap.newKeySet()).add(contentId);
  }

  /** Reads the lines that were appended; tells whether the last one has no end. */
  private synchronized boolean refresh() {
    try {
      long size = Files.size(file);
      if (size < readBytes) {
        readBytes = 0; // Another file has taken its place; what was read stays known.
      }
      if (size == readBytes) {
        return false;
      }
      byte[] added = tail(size);
      int end = added.length;
      while (end > 0 && added[end - 1] != '\n') {
        end--;
      }
      new String(added, 0, end, UTF_8).lines().forEach(this::read);
      readBytes += end;
      return end < added.length;
    } catch (NoSuchFileException e) {
      return false; // Not made yet, or removed: what was read stays known.
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private byte[] tail(long size) throws IOException {
    ByteBuffer added = ByteBuffer.allocate(Math.toIntExact(size - readBytes));
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      while (added.hasRemaining() && in.read(added, readBytes + added.position()) >= 0) {
        // A short read is no end of file.
      }
    }
    byte[] read = new byte[added.position()];
    added.flip().get(read);
    return read;
  }

  private void read(String line) {
    if (line.indexOf(' ') != KID_CHARS) {
      return;
    }
    try {
      remember(KeyId.parse(line.substring(0, KID_CHARS)), line.substring(KID_CHARS + 1));
    } catch (DrmException e) {
      // The rest of a line that was cut off, with the next one behind it.
    }
  }

  private DrmException unusable(IOException cause) {
    return new DrmException(
        Blame.OUTPUT,
        "data-directory",
        "%s cannot be read or written: %s.".formatted(file, cause.getClass().getSimpleName()),
        "Check its owner and mode, or name another folder with --data.",
        cause);
  }
}

package io.keymux.api.keyserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.KeyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The KIDs that keys were issued for, and for which content. A seed gives a key for any KID at all;
 * only those on this list are delivered. It holds no key.
 *
 * <p>Kept as lines of KID, blank, content id in a file that is only appended to, so several
 * processes may share it. Safe for use by several threads.
 */
public final class IssuedKeys {
  private final Path file;
  private final Map<KeyId, Set<String>> contents = new HashMap<>();
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
   * @throws DrmException with code {@code data-directory} if that cannot be written
   */
  public synchronized void add(String contentId, Collection<KeyId> ids) {
    refresh();
    List<KeyId> fresh = ids.stream().filter(id -> !knows(contentId, id)).distinct().toList();
    if (fresh.isEmpty()) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    fresh.forEach(id -> lines.append(id).append(' ').append(contentId).append('\n'));
    try {
      Files.write(
          file,
          lines.toString().getBytes(UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unusable(e);
    }
    refresh();
  }

  /** Every KID that a key was issued for. */
  synchronized Set<KeyId> all() {
    refresh();
    return Set.copyOf(contents.keySet());
  }

  /** Whether a key was issued for this KID, whatever the content. */
  public synchronized boolean contains(KeyId id) {
    refresh();
    return contents.containsKey(id);
  }

  /** Whether a key was issued for this KID and content. */
  public synchronized boolean contains(String contentId, KeyId id) {
    refresh();
    return knows(contentId, id);
  }

  private boolean knows(String contentId, KeyId id) {
    return contents.getOrDefault(id, Set.of()).contains(contentId);
  }

  private void refresh() {
    try {
      if (!Files.exists(file) || Files.size(file) == readBytes) {
        return;
      }
      byte[] all = Files.readAllBytes(file);
      readBytes = all.length;
      for (String line : new String(all, UTF_8).lines().toList()) {
        int blank = line.indexOf(' ');
        if (blank == 36) {
          contents
              .computeIfAbsent(KeyId.parse(line.substring(0, blank)), id -> new HashSet<>())
              .add(line.substring(blank + 1));
        }
      }
    } catch (NoSuchFileException e) {
      // Removed in between: what was read stays known.
    } catch (IOException e) {
      throw unusable(e);
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

package io.keymux.api.keyserver;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys that were brought from outside, in memory alone: they are gone when the service stops. Of
 * too many the oldest are wiped. Safe for use by several threads.
 */
final class IngestedKeys {
  /** One key; {@code contents} is guarded by the outer object. */
  private record Entry(SecretBytes value, @Nullable Bytes iv, Set<String> contents) {}

  private final int limit;
  private final Map<KeyId, Entry> entries = new LinkedHashMap<>();

  /**
   * @param limit how many keys are kept
   */
  IngestedKeys(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a copy of {@code value} for {@code contentId}, unless the KID has another key.
   *
   * @param overwrite whether that other key, and what it was for, is then forgotten
   * @return whether the KID has this key now
   */
  synchronized boolean put(
      String contentId, KeyId id, SecretBytes value, @Nullable Bytes iv, boolean overwrite) {
    Entry before = entries.get(id);
    Set<String> contents = new HashSet<>();
    if (before != null && before.value.equals(value)) {
      contents.addAll(before.contents);
    } else if (before != null && !overwrite) {
      return false;
    }
    contents.add(contentId);
    Entry old = entries.remove(id);
    if (old != null) {
      old.value.wipe();
    }
    entries.put(id, new Entry(copy(value), iv, contents));
    Iterator<Entry> oldest = entries.values().iterator();
    while (entries.size() > limit) {
      oldest.next().value.wipe();
      oldest.remove();
    }
    return true;
  }

  /** A copy of the key, which the caller should wipe. */
  synchronized Optional<SecretBytes> key(KeyId id) {
    return Optional.ofNullable(entries.get(id)).map(entry -> copy(entry.value));
  }

  /** As {@link #key(KeyId)}, and only for this content. */
  synchronized Optional<SecretBytes> key(String contentId, KeyId id) {
    return Optional.ofNullable(entries.get(id))
        .filter(entry -> entry.contents.contains(contentId))
        .map(entry -> copy(entry.value));
  }

  /** The IV that came with the key. */
  synchronized Optional<Bytes> iv(KeyId id) {
    return Optional.ofNullable(entries.get(id)).map(Entry::iv);
  }

  private static SecretBytes copy(SecretBytes secret) {
    byte[] value = secret.reveal();
    try {
      return SecretBytes.copyOf(value);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }
}

package io.keymux.keyserver.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Remembers so many entries; what was not asked for the longest goes first. */
final class LeastRecent<K, V> {
  private final Map<K, V> entries;

  LeastRecent(int most) {
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  synchronized V get(K key, Supplier<V> fresh) {
    return entries.computeIfAbsent(key, absent -> fresh.get());
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
  }

  synchronized @Nullable V remove(K key) {
    return entries.remove(key);
  }
}

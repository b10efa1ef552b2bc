package io.keymux.packager.ts;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the segments of a rendition are encrypted.
 *
 * @param keys one for each segment in order, null where it stays clear; empty if all stay clear
 */
public record SegmentProtection(Method method, List<@Nullable HlsSegmentKey> keys) {
  public static final SegmentProtection NONE = new SegmentProtection(Method.AES_128, List.of());

  /** {@code METHOD} of EXT-X-KEY. */
  public enum Method {
    /** Whole files. */
    AES_128,
    /** Frames, so that the container can be read. */
    SAMPLE_AES
  }

  public SegmentProtection {
    keys = Collections.unmodifiableList(new java.util.ArrayList<>(keys));
  }

  /** The same key and IV for all segments. */
  public static SegmentProtection of(Method method, HlsSegmentKey key, int segments) {
    return new SegmentProtection(method, Collections.nCopies(segments, key));
  }

  /** Of a segment, from 0; null if it stays clear. */
  public @Nullable HlsSegmentKey key(int segment) {
    return keys.isEmpty() ? null : keys.get(segment);
  }
}

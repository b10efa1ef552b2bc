package io.keymux.api.mps.wish;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a stream is to be protected. */
public sealed interface DrmWish {

  /** Not at all. */
  record Clear() implements DrmWish {}

  /**
   * AES-128 of whole segments in HLS, with a key that the caller brings.
   *
   * @param uri where players get the key
   * @param key 16 bytes
   * @param vector 16 bytes, or null for the number of each segment
   */
  record SimpleAes(String uri, SecretBytes key, @Nullable Bytes vector) implements DrmWish {}

  /**
   * Common Encryption with keys of a key server.
   *
   * @param systems of {@code widevine}, {@code playready} and {@code fairplay}, at least one
   * @param resourceId names the asset at the key server
   * @param keyServerUrl in UTF-8; may hold a ticket
   * @param keyServerHost what may be said of the URL
   * @param drmToday whether the URL is one of DRMtoday, by its path
   * @param vector 16 bytes, or null
   * @param method {@code cenc} or {@code cbcs}, or null for the usual one
   * @param preset name of the key rule: one key for all tracks, or one for each
   * @param generated whether the key server is asked by GET, with everything in the URL
   */
  record Speke(
      Set<String> systems,
      String resourceId,
      SecretBytes keyServerUrl,
      String keyServerHost,
      boolean drmToday,
      @Nullable Bytes vector,
      @Nullable String method,
      String preset,
      boolean generated)
      implements DrmWish {
    public Speke {
      systems = Set.copyOf(systems);
    }

    public boolean fairPlay() {
      return systems.contains("fairplay");
    }

    @Override
    public String toString() {
      return "Speke[" + systems + ", " + keyServerHost + "]";
    }
  }
}

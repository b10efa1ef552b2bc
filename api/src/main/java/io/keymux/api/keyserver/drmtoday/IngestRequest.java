package io.keymux.api.keyserver.drmtoday;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a client brings.
 *
 * @param schemes that signalling is wanted for; at least one
 * @param systems that signalling is wanted for
 */
record IngestRequest(List<Asset> assets, Set<ProtectionScheme> schemes, Set<DrmSystem> systems)
    implements AutoCloseable {

  /**
   * @param variantId empty if there is none
   */
  record Asset(String assetId, String variantId, boolean overwrite, List<Key> keys) {}

  /**
   * @param iv 16 bytes, or null
   * @param rotationId empty if there is none
   */
  record Key(
      String streamType, KeyId id, SecretBytes value, @Nullable Bytes iv, String rotationId) {}

  /** Wipes the keys. */
  @Override
  public void close() {
    assets.forEach(asset -> asset.keys.forEach(key -> key.value.wipe()));
  }
}

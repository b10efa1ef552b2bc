package io.keymux.cpix;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root and leaf keys of a document. Media are encrypted with leaf keys; a root key is what
 * licences are for, so its value need not be there.
 *
 * @see "DASH-IF CPIX, Hierarchical keys"
 */
final class KeyHierarchy {
  private record Entry(KeyDetails details, @Nullable ProtectionScheme scheme) {}

  private final Map<KeyId, Entry> keys = new LinkedHashMap<>();

  private KeyHierarchy(CpixDocument document) {
    document
        .contentKeys()
        .forEach(key -> keys.put(key.id(), new Entry(key.details(), key.scheme())));
    document
        .requestedKeys()
        .forEach(key -> keys.put(key.id(), new Entry(key.details(), key.scheme())));
  }

  /**
   * @throws UnresolvedKeyException with code {@code cpix-root-key-missing} if a leaf key depends on
   *     a key that is not there, {@code cpix-nested-hierarchy} if it depends on a leaf key, {@code
   *     cpix-leaf-key-signaling} if it is signalled by more than a PSSH
   */
  static KeyHierarchy of(CpixDocument document) {
    KeyHierarchy hierarchy = new KeyHierarchy(document);
    hierarchy.keys.forEach(hierarchy::requireRoot);
    document.drmSystems().forEach(hierarchy::requirePsshAlone);
    return hierarchy;
  }

  private void requireRoot(KeyId id, Entry key) {
    KeyId rootId = key.details().dependsOn();
    if (rootId == null) {
      return;
    }
    Entry root = keys.get(rootId);
    if (root == null) {
      throw UnresolvedKeyException.noRoot(id, rootId);
    }
    if (root.details().dependsOn() != null) {
      throw UnresolvedKeyException.nestedHierarchy(id, rootId);
    }
  }

  /** What manifests say is said of the root key; only a PSSH goes with a leaf key, into moof. */
  private void requirePsshAlone(DrmSignaling signaling) {
    boolean more =
        signaling.contentProtection() != null
            || signaling.hlsMedia() != null
            || signaling.hlsMultivariant() != null
            || signaling.smoothHeader() != null;
    if (more && root(signaling.keyId()).isPresent()) {
      throw UnresolvedKeyException.leafSignaling(signaling);
    }
  }

  /** The KID of the root key that a leaf key comes with; empty for any other key. */
  Optional<KeyId> root(KeyId id) {
    Entry key = keys.get(id);
    return key == null ? Optional.empty() : Optional.ofNullable(key.details().dependsOn());
  }

  /** The same key; a leaf key is for the scheme of its root key. */
  ContentKey bound(ContentKey key) {
    ProtectionScheme scheme = root(key.id()).map(keys::get).map(Entry::scheme).orElse(key.scheme());
    return scheme == key.scheme()
        ? key
        : new ContentKey(key.id(), key.value(), scheme, key.explicitIv(), key.details());
  }
}

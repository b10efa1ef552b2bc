package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.TrackKeys;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How leaf keys are signalled: {@code moov} and manifests have what is said of the root key, and
 * each fragment the {@code pssh} of its leaf. Only the key server can make either.
 *
 * @see "DASH-IF CPIX 2.4, ContentKey element: dependsOnKey; DRMSystem element"
 */
record LeafSignaling(CpixDocument document, TrackKeys keys) {
  /** The KID of the root key of a leaf, or null for any other key. */
  @Nullable KeyId root(KeyId key) {
    for (TrackKeys.Assignment assignment : keys.assignments()) {
      if (assignment.key() != null && assignment.key().id().equals(key)) {
        return assignment.rootKeyId();
      }
    }
    return null;
  }

  /**
   * @param leaf a leaf key
   * @throws DrmException with code {@code leaf-key-not-signalled} if the document lacks the root's
   *     signalling for one of the systems, or the leaf's {@code pssh} where the root has one
   */
  List<DrmSignaling> ofRoot(KeyId leaf, Set<DrmSystem> systems) {
    KeyId root = root(leaf);
    if (root == null) {
      throw new IllegalArgumentException(leaf + " is no leaf");
    }
    List<DrmSignaling> given =
        document.signaling(root).stream()
            .filter(s -> s.system() == null || systems.contains(s.system()))
            .toList();
    for (DrmSystem system : systems) {
      if (given.stream().noneMatch(s -> s.system() == system)) {
        throw missing(leaf, "root KID " + root, system.systemId());
      }
    }
    for (DrmSignaling ofRoot : given) {
      boolean alike =
          ofRoot.pssh() == null
              || document.signaling(leaf).stream()
                  .anyMatch(s -> s.systemId().equals(ofRoot.systemId()) && s.pssh() != null);
      if (!alike) {
        throw missing(leaf, "it", ofRoot.systemId());
      }
    }
    return given;
  }

  /** Of a leaf; none for other keys. */
  List<Bytes> pssh(KeyId key) {
    return root(key) == null ? List.of() : TrackEncryption.pssh(document.signaling(key));
  }

  private static DrmException missing(KeyId leaf, String what, Object system) {
    return new DrmException(
        Blame.UPSTREAM,
        "leaf-key-not-signalled",
        "KID %s is a leaf key, and the document does not signal %s for DRM system %s."
            .formatted(leaf, what, system),
        "Ask the key server for the signalling of root and leaf keys, or leave the system out.");
  }
}

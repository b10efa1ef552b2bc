package io.keymux.packager.verify.manifest;

import io.keymux.cpix.KeyId;
import java.util.Set;

/**
 * A statement of which keys a track needs; the track's KID must be among them.
 *
 * @param code of the finding if it is not
 * @param place where it is said
 * @param keyIds at least one
 */
public record KeyClaim(String code, String place, Set<KeyId> keyIds) {
  public KeyClaim {
    keyIds = Set.copyOf(keyIds);
  }
}

package io.keymux.packager.verify.manifest;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.PsshBox;
import io.keymux.cpix.signaling.PlayReadyObject;
import io.keymux.cpix.signaling.WidevinePsshData;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which keys a {@code pssh} box is about, as far as its DRM system's data can be read. */
public final class PsshKeyIds {
  private PsshKeyIds() {}

  /**
   * The KIDs of a version 1 box and those in the data of Widevine and PlayReady; empty if it names
   * none.
   *
   * @throws io.keymux.cpix.DrmException if the data of Widevine or PlayReady is malformed
   */
  public static Set<KeyId> of(PsshBox box) {
    Set<KeyId> keyIds = new LinkedHashSet<>(box.keyIds());
    if (box.data().isEmpty()) {
      return keyIds;
    }
    if (box.systemId().equals(DrmSystem.WIDEVINE.systemId())) {
      keyIds.addAll(WidevinePsshData.parse(box.data().toArray()).kids());
    } else if (box.systemId().equals(DrmSystem.PLAYREADY.systemId())) {
      keyIds.addAll(ofPlayReady(box.data().toArray()));
    }
    return keyIds;
  }

  /**
   * The KIDs of a PlayReady object's header.
   *
   * @throws io.keymux.cpix.DrmException if it is malformed
   */
  static Set<KeyId> ofPlayReady(byte[] object) {
    Set<KeyId> keyIds = new LinkedHashSet<>();
    PlayReadyObject.parse(object).header().ifPresent(header -> keyIds.addAll(header.keyIds()));
    return keyIds;
  }
}

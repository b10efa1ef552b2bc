package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.PsshBox;
import java.util.List;

/**
 * The W3C common {@code pssh}: version 1, the KIDs, no data.
 *
 * <p>It belongs into the media. In an MPD beside the DASH-IF ClearKey descriptor it makes Shaka
 * Player fail (error 6012).
 *
 * @see "W3C, 'cenc' Initialization Data Format, Common SystemID and PSSH Box Format"
 */
public final class CommonPssh {
  private CommonPssh() {}

  /**
   * @param keyIds in the order to be written
   */
  public static PsshBox of(List<KeyId> keyIds) {
    return new PsshBox(1, DrmSystem.COMMON_PSSH, keyIds, Bytes.empty());
  }
}

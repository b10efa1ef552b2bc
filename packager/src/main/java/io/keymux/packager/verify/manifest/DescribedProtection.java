package io.keymux.packager.verify.manifest;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.PsshBox;
import java.util.List;
import java.util.Set;

/**
 * What a manifest says of a track's encryption.
 *
 * @param schemes that are named: four-character codes in an MPD, the METHODs of EXT-X-KEY in HLS;
 *     empty if the track is said to be clear
 * @param claims of which key it is
 * @param pssh boxes of an MPD; playlists have their own, which are about one key alone
 * @param ivs of EXT-X-KEY
 */
public record DescribedProtection(
    Set<String> schemes, List<KeyClaim> claims, List<PsshBox> pssh, List<Bytes> ivs) {
  /** A track that is not said to be encrypted. */
  public static final DescribedProtection NONE =
      new DescribedProtection(Set.of(), List.of(), List.of(), List.of());

  public DescribedProtection {
    schemes = Set.copyOf(schemes);
    claims = List.copyOf(claims);
    pssh = List.copyOf(pssh);
    ivs = List.copyOf(ivs);
  }
}

package io.keymux.packager.verify;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.PsshBox;
import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackBoxes.Protection;
import io.keymux.packager.verify.manifest.PsshKeyIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What an init segment says: its tracks, and for which DRM systems.
 *
 * @param pssh those that could be read
 */
record InitBoxes(List<TrackBoxes> tracks, List<PsshBox> pssh) {
  private static final Set<String> SCHEMES = Set.of("cenc", "cbcs", "cens", "cbc1");

  /** An init segment that could not be read. */
  static final InitBoxes EMPTY = new InitBoxes(List.of(), List.of());

  /** Reads a {@code moov} and judges its protection boxes. */
  static InitBoxes read(String file, BoxReader moov, Consumer<Finding> findings) {
    List<TrackBoxes> tracks = new ArrayList<>();
    List<long[]> defaults = new ArrayList<>();
    List<PsshBox> pssh = new ArrayList<>();
    while (moov.hasRemaining()) {
      BoxReader.Box box = moov.box();
      switch (box.name()) {
        case "trak" -> tracks.add(TrackBoxes.trak(box.body()));
        case "mvex" -> defaults.addAll(TrackBoxes.mvex(box.body()));
        case "pssh" -> {
          try {
            pssh.add(PsshBox.parse(box.toBytes(), box.offset()));
          } catch (DrmException e) {
            findings.accept(Finding.error("pssh-malformed", file + " moov/pssh", e.problem()));
          }
        }
        default -> {}
      }
    }
    InitBoxes init =
        new InitBoxes(
            tracks.stream().map(track -> track.with(defaults)).toList(), List.copyOf(pssh));
    init.check(file, findings);
    return init;
  }

  /** KIDs of all sample entries that are encrypted. */
  Set<KeyId> keyIds() {
    Set<KeyId> keyIds = new HashSet<>();
    for (TrackBoxes track : tracks) {
      for (Entry entry : track.entries()) {
        Protection protection = entry.protection();
        if (protection != null && protection.isProtected()) {
          keyIds.add(protection.keyId());
        }
      }
    }
    return keyIds;
  }

  private void check(String file, Consumer<Finding> findings) {
    for (TrackBoxes track : tracks) {
      for (Entry entry : track.entries()) {
        Protection protection = entry.protection();
        if (protection != null && protection.isProtected()) {
          checkProtection(file + " track " + track.trackId(), protection, findings);
        }
      }
    }
  }

  /**
   * A {@code pssh} that lists KIDs must list those of {@code tenc}, unless it is for a root key and
   * fragments bring what leads to theirs.
   *
   * @param inFragments DRM systems of which fragments have a {@code pssh}
   */
  void checkPssh(String file, Set<UUID> inFragments, Consumer<Finding> findings) {
    Set<KeyId> keyIds = keyIds();
    for (PsshBox box : pssh) {
      String place = file + " moov/pssh of system " + box.systemId();
      try {
        Set<KeyId> listed = PsshKeyIds.of(box);
        boolean ofRoot =
            inFragments.contains(box.systemId()) && Collections.disjoint(listed, keyIds);
        if (!listed.isEmpty() && !keyIds.isEmpty() && !ofRoot && !listed.containsAll(keyIds)) {
          findings.accept(
              Finding.error(
                  "pssh-kid-mismatch",
                  place,
                  "it lists %s, tenc says %s".formatted(listed, keyIds)));
        }
      } catch (DrmException e) {
        findings.accept(Finding.error("pssh-malformed", place, e.problem()));
      }
    }
  }

  private static void checkProtection(
      String track, Protection protection, Consumer<Finding> findings) {
    String place = track + " tenc";
    if (!SCHEMES.contains(protection.scheme())) {
      findings.accept(
          Finding.error(
              "unknown-scheme",
              track + " schm",
              "\"" + protection.scheme() + "\" is not a scheme of Common Encryption"));
    }
    if (protection.keyId().equals(KeyId.ofBytes(new byte[KeyId.SIZE_BYTES]))) {
      findings.accept(Finding.error("zero-kid", place, "the default KID is all zero"));
    }
    int size = protection.ivSize();
    boolean fits =
        protection.scheme().equals("cbcs")
            ? size == 0 && protection.constantIv() != null && protection.constantIv().size() == 16
            : size == 16 || (size == 8 && !protection.scheme().equals("cbc1"));
    if (!fits) {
      findings.accept(
          Finding.error(
              "tenc-iv-size",
              place,
              "IVs of %d bytes for each sample and a constant IV of %s in scheme %s"
                  .formatted(
                      size,
                      protection.constantIv() == null
                          ? "none"
                          : protection.constantIv().size() + " bytes",
                      protection.scheme())));
    }
  }
}

package io.keymux.packager.verify;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.PsshBox;
import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackBoxes.Protection;
import io.keymux.packager.verify.manifest.DescribedProtection;
import io.keymux.packager.verify.manifest.DescribedTrack;
import io.keymux.packager.verify.manifest.KeyClaim;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Holds what a manifest says of a track's encryption against its init segment. */
final class DescriptionCheck {
  private final DescribedTrack track;
  private final InitBoxes init;
  private final boolean keysInFragments;
  private final Consumer<Finding> findings;

  private DescriptionCheck(DescribedTrack track, MediaFacts media, Consumer<Finding> findings) {
    this.track = track;
    this.init = media.init();
    this.keysInFragments = media.keysInFragments();
    this.findings = findings;
  }

  static void check(DescribedTrack track, MediaFacts media, Consumer<Finding> findings) {
    if (!media.init().tracks().isEmpty()) {
      new DescriptionCheck(track, media, findings).check();
    }
  }

  private void check() {
    DescribedProtection described = track.protection();
    List<Protection> actual =
        init.tracks().stream()
            .flatMap(t -> t.entries().stream())
            .filter(Entry::encrypted)
            .map(Entry::protection)
            .toList();
    if (described.schemes().isEmpty() || actual.isEmpty()) {
      if (described.schemes().isEmpty() != actual.isEmpty()) {
        error(
            described.schemes().isEmpty() ? "manifest-says-clear" : "manifest-says-encrypted",
            track.place(),
            track.init().name() + " says otherwise");
      }
      return;
    }
    for (KeyClaim claim : described.claims()) {
      checkClaim(claim);
    }
    for (Protection protection : new LinkedHashSet<>(actual)) {
      checkScheme(described.schemes(), protection.scheme());
      checkIv(described.ivs(), protection);
    }
    if (!track.hls()
        && described.claims().stream().noneMatch(c -> c.code().equals("mpd-kid-mismatch"))) {
      findings.accept(
          Finding.warning("mpd-no-kid", track.place(), "no cenc:default_KID on either level"));
    }
    for (PsshBox box : described.pssh()) {
      checkPssh(box);
    }
  }

  private void checkClaim(KeyClaim claim) {
    Set<KeyId> keyIds = init.keyIds();
    // Of a root key, if fragments bring what leads from it to theirs.
    boolean ofRoot =
        keysInFragments
            && !claim.code().equals("mpd-kid-mismatch")
            && Collections.disjoint(claim.keyIds(), keyIds);
    if (!ofRoot && !claim.keyIds().containsAll(keyIds)) {
      error(
          claim.code(),
          claim.place(),
          "it names %s, tenc of %s says %s".formatted(claim.keyIds(), track.init().name(), keyIds));
    }
  }

  private void checkScheme(Set<String> said, String scheme) {
    if (!track.hls()) {
      if (!said.contains(scheme)) {
        error(
            "mpd-scheme-mismatch",
            track.place(),
            "mp4protection says %s, schm says %s".formatted(said, scheme));
      }
      return;
    }
    Set<String> fit =
        scheme.equals("cenc") || scheme.equals("cens")
            ? Set.of("SAMPLE-AES-CTR", "SAMPLE-AES-CENC")
            : Set.of("SAMPLE-AES");
    if (!fit.containsAll(said)) {
      error(
          "hls-method-mismatch",
          track.place(),
          "METHOD %s for media of scheme %s".formatted(said, scheme));
    }
  }

  private void checkIv(List<Bytes> said, Protection protection) {
    Bytes constant = protection.constantIv();
    // Playlists have 16 bytes always: one of 8 is followed by zeros, as for the cipher.
    Bytes whole = constant == null ? null : Bytes.copyOf(Arrays.copyOf(constant.toArray(), 16));
    if (whole != null && !said.isEmpty() && !said.contains(whole)) {
      error("hls-iv-mismatch", track.place(), "IV is not the constant IV of tenc");
    }
  }

  private void checkPssh(PsshBox box) {
    List<PsshBox> same =
        init.pssh().stream().filter(b -> b.systemId().equals(box.systemId())).toList();
    if (!same.isEmpty() && !same.contains(box)) {
      findings.accept(
          Finding.warning(
              "pssh-differs",
              track.place(),
              "its pssh of system %s is not the one in %s"
                  .formatted(box.systemId(), track.init().name())));
    }
  }

  private void error(String code, String place, String message) {
    findings.accept(Finding.error(code, place, message));
  }
}

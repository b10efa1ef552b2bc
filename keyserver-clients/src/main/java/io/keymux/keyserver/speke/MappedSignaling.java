package io.keymux.keyserver.speke;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.GivenSignaling;
import io.keymux.keyserver.answer.PsshCheck;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signalling in whatever form a vendor gives it, as MPDs and playlists need it. All of it is
 * checked; what is empty is left out, so that Keymux makes it; what nobody asked for is passed
 * over. A {@code pssh} box of FairPlay is none that a player reads, and is dropped.
 *
 * @param host of the key server, for messages
 * @param scheme of the keys
 */
record MappedSignaling(String host, ProtectionScheme scheme) {

  /**
   * The signalling of the DRM systems of {@code request}, in its order.
   *
   * @param all whether each system must have an element for each key
   * @throws KeyExchangeException with code {@code key-response-invalid} for the first violation
   */
  List<DrmSignaling> of(
      KeyRequest request, ReplacedKeyIds replaced, CpixDocument answer, boolean all) {
    for (DrmSignaling given : answer.drmSystems()) {
      checked(given);
    }
    List<DrmSignaling> signaling = new ArrayList<>();
    for (KeyId sent : request.keyIds()) {
      KeyId id = replaced.required(sent);
      for (DrmSystem system : request.systems()) {
        if (system == DrmSystem.CLEARKEY) {
          continue;
        }
        Optional<DrmSignaling> given =
            answer.signaling(id).stream().filter(s -> s.system() == system).findFirst();
        if (given.isEmpty() && all) {
          throw invalid(
              "it has no DRMSystem %s of KID %s%s"
                  .formatted(system.systemId(), id, replaced.rulesOf(id)));
        }
        given.flatMap(this::whole).ifPresent(signaling::add);
      }
    }
    return signaling;
  }

  /** Everything that the answer has. */
  List<DrmSignaling> of(CpixDocument answer) {
    return answer.drmSystems().stream().flatMap(given -> whole(given).stream()).toList();
  }

  /** What was given and what follows from it; empty if nothing was given. */
  private Optional<DrmSignaling> whole(DrmSignaling element) {
    DrmSignaling given = checked(element);
    DrmSystem system = given.system();
    Bytes pssh = given.pssh();
    String uri = text(given.details().uriExtXKey());
    DrmSignaling made = null;
    if (system == DrmSystem.FAIRPLAY) {
      made = uri == null ? null : fairPlay(given.keyId(), uri);
      pssh = null;
    } else if (pssh != null && (system == DrmSystem.WIDEVINE || system == DrmSystem.PLAYREADY)) {
      made = GivenSignaling.ofPssh(system, scheme, given.keyId(), pssh, given.contentProtection());
    }
    DrmSignaling whole =
        new DrmSignaling(
            given.systemId(),
            given.keyId(),
            pssh,
            first(given.contentProtection(), made == null ? null : made.contentProtection()),
            first(given.hlsMedia(), made == null ? null : made.hlsMedia()),
            first(given.hlsMultivariant(), made == null ? null : made.hlsMultivariant()),
            given.smoothHeader());
    return isEmpty(whole) ? Optional.empty() : Optional.of(whole);
  }

  private DrmSignaling fairPlay(KeyId id, String uri) {
    try {
      return GivenSignaling.fairPlay(id, uri);
    } catch (DrmException e) {
      throw invalid(
          "URIExtXKey of DRMSystem %s of KID %s cannot stand in a playlist"
              .formatted(DrmSystem.FAIRPLAY.systemId(), id));
    }
  }

  /** Without what is empty, and with the pssh box wherever it stood. */
  private DrmSignaling checked(DrmSignaling given) {
    String place = "DRMSystem %s of KID %s".formatted(given.systemId(), given.keyId());
    Bytes pssh = given.pssh();
    DrmSignaling filled =
        new DrmSignaling(
            given.systemId(),
            given.keyId(),
            pssh == null || pssh.isEmpty() ? null : pssh,
            text(given.contentProtection()),
            text(given.hlsMedia()),
            text(given.hlsMultivariant()),
            text(given.smoothHeader()),
            given.details());
    Bytes box = new PsshCheck(host, place).checkGiven(filled);
    new HlsLineCheck(host, place).check(filled);
    return new DrmSignaling(
        filled.systemId(),
        filled.keyId(),
        box,
        filled.contentProtection(),
        filled.hlsMedia(),
        filled.hlsMultivariant(),
        filled.smoothHeader(),
        filled.details());
  }

  private static boolean isEmpty(DrmSignaling system) {
    return system.pssh() == null
        && system.contentProtection() == null
        && system.hlsMedia() == null
        && system.hlsMultivariant() == null
        && system.smoothHeader() == null;
  }

  private static @Nullable String first(@Nullable String given, @Nullable String made) {
    return given == null ? made : given;
  }

  private static @Nullable String text(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}

package io.keymux.keyserver.speke;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.keyserver.answer.PsshCheck;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the DRM systems of an answer: one element for each that was asked for and no other, every
 * placeholder filled, nothing filled that was no placeholder.
 *
 * @param host of the key server, for messages
 */
record SignalingCheck(String host) {

  /**
   * @param asked the placeholders
   * @param replaced the KID of the answer for each KID of {@code asked}
   * @return the filled elements in the order of {@code asked}; what was not asked for is null
   * @throws KeyExchangeException with code {@code key-response-invalid} for the first violation
   */
  List<DrmSignaling> check(
      List<DrmSignaling> asked, Map<KeyId, KeyId> replaced, List<DrmSignaling> answer) {
    List<DrmSignaling> filled = new ArrayList<>();
    for (DrmSignaling placeholder : asked) {
      DrmSignaling received = answering(placeholder, replaced, answer);
      filled.add(filled(placeholder, received));
    }
    for (DrmSignaling received : answer) {
      if (filled.stream().noneMatch(known -> isSame(known, received))) {
        throw invalid(place(received) + " was not asked for");
      }
    }
    return filled;
  }

  private DrmSignaling answering(
      DrmSignaling placeholder, Map<KeyId, KeyId> replaced, List<DrmSignaling> answer) {
    KeyId id = replaced.getOrDefault(placeholder.keyId(), placeholder.keyId());
    List<DrmSignaling> found =
        answer.stream()
            .filter(r -> r.keyId().equals(id) && r.systemId().equals(placeholder.systemId()))
            .toList();
    if (found.size() != 1) {
      throw invalid(
          "it has %d elements DRMSystem %s of KID %s, not 1"
              .formatted(found.size(), placeholder.systemId(), id));
    }
    return found.get(0);
  }

  private DrmSignaling filled(DrmSignaling placeholder, DrmSignaling received) {
    Bytes pssh = received.pssh();
    requireFilled(
        received, "PSSH", placeholder.pssh() != null, pssh == null || pssh.isEmpty() ? null : pssh);
    requireFilled(
        received,
        "ContentProtectionData",
        placeholder.contentProtection() != null,
        text(received.contentProtection()));
    requireFilled(
        received,
        "HLSSignalingData of the media playlist",
        placeholder.hlsMedia() != null,
        text(received.hlsMedia()));
    requireFilled(
        received,
        "HLSSignalingData of the multivariant playlist",
        placeholder.hlsMultivariant() != null,
        text(received.hlsMultivariant()));
    requireFilled(
        received,
        "SmoothStreamingProtectionHeaderData",
        placeholder.smoothHeader() != null,
        text(received.smoothHeader()));
    DrmSignaling normal =
        new DrmSignaling(
            received.systemId(),
            received.keyId(),
            pssh == null || pssh.isEmpty() ? null : pssh,
            text(received.contentProtection()),
            text(received.hlsMedia()),
            text(received.hlsMultivariant()),
            text(received.smoothHeader()),
            received.details());
    new PsshCheck(host, place(normal)).check(normal);
    new HlsLineCheck(host, place(normal)).check(normal);
    return normal;
  }

  private void requireFilled(
      DrmSignaling received, String what, boolean wanted, @Nullable Object value) {
    if (wanted && value == null) {
      throw invalid("%s of %s is not filled".formatted(what, place(received)));
    }
    if (!wanted && value != null) {
      throw invalid("%s of %s was not asked for".formatted(what, place(received)));
    }
  }

  private static boolean isSame(DrmSignaling a, DrmSignaling b) {
    return a.systemId().equals(b.systemId()) && a.keyId().equals(b.keyId());
  }

  private static @Nullable String text(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static String place(DrmSignaling received) {
    return "DRMSystem %s of KID %s".formatted(received.systemId(), received.keyId());
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}

package io.keymux.cpix.signaling;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A request for signalling that cannot be made. */
public final class SignalingException extends DrmException {

  private SignalingException(String code, String problem, String remedy) {
    super(Blame.CALLER, code, problem, remedy);
  }

  static SignalingException schemeNotSupported(DrmSystem system, ProtectionScheme scheme) {
    String playable =
        Arrays.stream(ProtectionScheme.values())
            .filter(system::plays)
            .map(ProtectionScheme::fourCc)
            .collect(Collectors.joining(" or "));
    return new SignalingException(
        "scheme-not-supported",
        "systems holds %s, but %s devices do not play scheme %s."
            .formatted(system.id(), system.id(), scheme.fourCc()),
        "Set scheme to %s, or remove %s from systems.".formatted(playable, system.id()));
  }

  static SignalingException invalidValue(String place, String found) {
    return new SignalingException(
        "invalid-signaling-value",
        "The text for " + place + " holds " + found + ", which cannot stand there.",
        "Remove it.");
  }

  static SignalingException invalidTemplate(String place, String what) {
    return new SignalingException(
        "invalid-uri-template",
        "The URI template for " + place + " " + what + ".",
        "Use {contentId}, {kid} and, where the key has one, {iv}.");
  }

  static SignalingException playReadyTooLarge(int size, int limit) {
    return new SignalingException(
        "playready-object-too-large",
        "The PlayReady object has %d bytes; PlayReady takes less than %d.".formatted(size, limit),
        "Use fewer keys in one job, or a shorter licence URL.");
  }

  static SignalingException noKeys() {
    return new SignalingException(
        "no-keys", "keys is empty.", "Give at least one content key to make signalling for.");
  }

  static SignalingException keySeedTooShort(int size, int needed) {
    return new SignalingException(
        "key-seed-too-short",
        "The PlayReady key seed has %d bytes; it needs at least %d.".formatted(size, needed),
        "Give the whole seed.");
  }
}

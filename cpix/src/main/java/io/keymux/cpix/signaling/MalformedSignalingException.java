package io.keymux.cpix.signaling;

import io.keymux.cpix.DrmException;
import org.jspecify.annotations.Nullable;

/** DRM initialization data that is not the format it claims to be. */
public final class MalformedSignalingException extends DrmException {

  private MalformedSignalingException(
      String code, String problem, String remedy, @Nullable Throwable cause) {
    super(Blame.CALLER, code, problem, remedy, cause);
  }

  static MalformedSignalingException widevine(int offset, String what) {
    return new MalformedSignalingException(
        "malformed-widevine-data",
        "Widevine data, byte offset " + offset + ": " + what + ".",
        "Get the pssh anew from whoever made it.",
        null);
  }

  static MalformedSignalingException playReadyObject(int offset, String what) {
    return new MalformedSignalingException(
        "malformed-playready-object",
        "PlayReady object, byte offset " + offset + ": " + what + ".",
        "Get the PlayReady object anew from whoever made it.",
        null);
  }

  static MalformedSignalingException playReadyHeader(String what) {
    return playReadyHeader(what, null);
  }

  static MalformedSignalingException playReadyHeader(String what, @Nullable Throwable cause) {
    return new MalformedSignalingException(
        "malformed-playready-header",
        "WRMHEADER: " + what + ".",
        "Get the PlayReady object anew from whoever made it.",
        cause);
  }

  static MalformedSignalingException input(String what) {
    return new MalformedSignalingException(
        "unreadable-pssh-input",
        what,
        "Give one or more pssh boxes, a PlayReady object or Widevine data, as hex, base64 or file.",
        null);
  }
}

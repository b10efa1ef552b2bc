package io.keymux.keyserver.widevine;

import io.keymux.keyserver.answer.JsonAnswer;
import java.util.Arrays;
import java.util.Optional;

/** How a server says that it answered, or why not. Nothing else is ever repeated from an answer. */
enum WidevineStatus {
  OK,
  SIGNATURE_FAILED,
  CONTENT_ID_MISSING,
  POLICY_UNKNOWN,
  TRACK_TYPE_MISSING,
  TRACK_TYPE_UNKNOWN,
  MALFORMED_REQUEST,
  ACCESS_DENIED,
  /** Passes: the same request may succeed a second later. */
  INTERNAL_ERROR,
  INVALID_WIDEVINE_PSSH,
  TOO_MANY_CONTENT_SPECIFIERS,
  ASSET_NOT_FOUND,
  ASSET_MISSING_KEY,
  CONTENT_ID_MISMATCH,
  KEY_ID_MISMATCH,
  INVALID_GROUP_TRACK_TYPE,
  KEY_ROTATION_WITH_UNSUPPORTED_DRM_TYPE,
  NO_REQUESTED_CRYPTO_PERIODS;

  /** The status of an answer, or nothing if it has none of these. */
  static Optional<WidevineStatus> of(JsonAnswer answer) {
    return answer
        .findText("status")
        .flatMap(
            name ->
                Arrays.stream(values()).filter(status -> status.name().equals(name)).findFirst());
  }

  boolean passes() {
    return this == INTERNAL_ERROR;
  }
}

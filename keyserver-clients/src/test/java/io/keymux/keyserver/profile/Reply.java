package io.keymux.keyserver.profile;

import java.util.Map;

/** What a double answers. */
record Reply(int status, Map<String, String> headers, String body) {
  static Reply ok(String body) {
    return new Reply(200, Map.of(), body);
  }

  static Reply status(int status) {
    return new Reply(status, Map.of(), "");
  }
}

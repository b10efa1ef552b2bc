package io.keymux.api.keyserver.speke;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.keyserver.EmbeddedKeys;
import java.net.URI;
import java.nio.file.Path;

/** A key server without HTTP. */
record SpekeServer(EmbeddedKeys keys, KeyServerSettings settings) {
  static final URI BASE = URI.create("http://127.0.0.1:8080");

  static SpekeServer in(Path folder) {
    return in(folder, KeyServerSettings.DEFAULT);
  }

  static SpekeServer in(Path folder, KeyServerSettings settings) {
    return new SpekeServer(EmbeddedKeys.open(DataDirectory.open(folder.resolve("data"))), settings);
  }

  Answer answer(SpekeVersion version, byte[] request) {
    return Answer.of(new SpekeExchange(keys, settings).answer(version, request, BASE));
  }

  Answer answer(SpekeVersion version, String request) {
    return answer(version, request.getBytes(UTF_8));
  }

  /** What is answered instead of keys. */
  String refusal(SpekeVersion version, String request) {
    try {
      answer(version, request);
      return "no refusal";
    } catch (SpekeRefusal e) {
      return e.text();
    }
  }
}

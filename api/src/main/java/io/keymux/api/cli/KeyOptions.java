package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.UsageException;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.KeySources;
import io.keymux.cpix.KeyExchange;
import io.keymux.keyserver.CpixFile;
import io.keymux.keyserver.RawKeys;
import io.keymux.keyserver.speke.SpekeVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where keys come from: at most one of a key server, typed keys and a document; else the seed. */
final class KeyOptions {
  private static final CommandOption KEY_SERVER =
      CommandOption.one(
          "--key-server", "URL", "A SPEKE v2.0 key server (default: keys of the seed in --data).");
  private static final CommandOption KEY_SERVER_TYPE =
      CommandOption.one(
          "--key-server-type", "TYPE", "speke-v1, speke-v2 or speke-v2.1. Default: speke-v2.");
  private static final CommandOption KEY =
      CommandOption.repeated(
          "--key",
          "[LABEL=]KID:KEY[:IV]",
          "A key in hex; several with labels VIDEO, AUDIO, a track's name or label.",
          "Visible in the process list: for tests.");
  private static final CommandOption CPIX =
      CommandOption.one("--cpix", "FILE", "A CPIX document with the keys.");

  static final List<CommandOption> OPTIONS =
      List.of(
          KEY_SERVER,
          KEY_SERVER_TYPE,
          KEY,
          CPIX,
          CpixCredential.PRIVATE_KEY,
          CpixCredential.CERTIFICATE,
          CpixCredential.PASSWORD_FILE,
          DataOption.DATA);

  private KeyOptions() {}

  /**
   * The source of keys.
   *
   * @throws UsageException if more than one is given, or the URL is none
   */
  static KeyExchange exchange(Arguments given, Console console) {
    Value type = given.optional(KEY_SERVER_TYPE);
    SpekeVersion version = version(type);
    Value keyServer = given.optional(KEY_SERVER);
    Value cpix = given.optional(CPIX);
    int sources = (keyServer != null ? 1 : 0) + (given.has(KEY) ? 1 : 0) + (cpix != null ? 1 : 0);
    if (sources > 1) {
      throw new UsageException(
          "--key-server, --key and --cpix are three sources of keys.", "Give one of them.");
    }
    if (type != null && keyServer == null) {
      throw new UsageException("--key-server-type needs --key-server.", "Give its URL.");
    }
    if (keyServer != null) {
      return remote(keyServer.text(), version);
    }
    if (given.has(KEY)) {
      List<String> keys = new ArrayList<>();
      for (Value key : given.values(KEY)) {
        keys.add(key.text());
      }
      return RawKeys.parse(keys);
    }
    if (cpix != null) {
      return CpixFile.of(cpix.path(), CpixCredential.policy(given, console));
    }
    CpixCredential.requireNone(given);
    return EmbeddedKeys.open(DataOption.open(given, console));
  }

  private static SpekeVersion version(@Nullable Value type) {
    if (type == null) {
      return SpekeVersion.V2_0;
    }
    return switch (Converters.oneOf(type, "speke-v1", "speke-v2", "speke-v2.1")) {
      case "speke-v1" -> SpekeVersion.V1_0;
      case "speke-v2.1" -> SpekeVersion.V2_1;
      default -> SpekeVersion.V2_0;
    };
  }

  /** The message does not hold the URL: it may hold a credential. */
  private static KeyExchange remote(String url, SpekeVersion version) {
    return KeySources.ofUrl(url, version)
        .orElseThrow(
            () ->
                new UsageException(
                    "The value of --key-server is not an http or https URL.",
                    "Write it as https://keys.example/speke/v2.0/copyProtection."));
  }
}

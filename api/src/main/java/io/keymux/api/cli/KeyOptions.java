package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.UsageException;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.KeyExchangeSettings;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.KeyServerAccounts;
import io.keymux.api.keyserver.UrlAccount;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.keyserver.CpixFile;
import io.keymux.keyserver.RawKeys;
import io.keymux.keyserver.profile.KeyServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where keys come from: at most one of a key server, typed keys and a document; else the seed. */
final class KeyOptions {
  private static final CommandOption KEY_SERVER =
      CommandOption.one(
          "--key-server",
          "URL",
          "A key server (default: keys of the seed in --data).",
          "Visible in the process list: for secrets, use --key-server-profile.");
  private static final CommandOption KEY_SERVER_TYPE =
      CommandOption.one(
          "--key-server-type",
          "TYPE",
          "speke-v1, speke-v2, speke-v2.1, cpix-get, drmtoday or",
          "drmtoday-generate (with the ticket in the URL). Default: speke-v2.");
  private static final CommandOption KEY_SERVER_PROFILE =
      CommandOption.one(
          "--key-server-profile", "NAME", "A key server of the section keyServers of --config.");
  static final CommandOption CONFIG =
      CommandOption.one("--config", "FILE", "The configuration file (default: $KEYMUX_CONFIG).");
  private static final CommandOption KEY =
      CommandOption.repeated(
          "--key",
          "[LABEL[@PERIOD]=]KID:KEY[:IV]",
          "A key in hex; several with labels VIDEO, AUDIO, a track's name or label;",
          "VIDEO@2 for key period 2 alone.",
          "Visible in the process list: for tests.");
  private static final CommandOption CPIX =
      CommandOption.one("--cpix", "FILE", "A CPIX document with the keys.");

  static final List<CommandOption> OPTIONS =
      List.of(
          KEY_SERVER,
          KEY_SERVER_TYPE,
          KEY_SERVER_PROFILE,
          CONFIG,
          KEY,
          CPIX,
          CpixCredential.PRIVATE_KEY,
          CpixCredential.CERTIFICATE,
          CpixCredential.PASSWORD_FILE,
          DataOption.DATA);

  private KeyOptions() {}

  /** What tests of key servers need: no typed keys and no document. */
  static final List<CommandOption> KEY_SERVER_OPTIONS =
      List.of(KEY_SERVER, KEY_SERVER_TYPE, KEY_SERVER_PROFILE, CONFIG, DataOption.DATA);

  /**
   * The source of keys; the caller closes it if it can be closed.
   *
   * @throws UsageException if more than one is given, or the URL is none
   */
  static KeyExchange exchange(Arguments given, Console console) {
    Value cpix = given.optional(CPIX);
    boolean remote = given.has(KEY_SERVER) || given.has(KEY_SERVER_PROFILE);
    int sources = (remote ? 1 : 0) + (given.has(KEY) ? 1 : 0) + (cpix != null ? 1 : 0);
    if (sources > 1) {
      throw new UsageException(
          "--key-server, --key and --cpix are three sources of keys.", "Give one of them.");
    }
    if (cpix != null) {
      requireNoType(given);
      return CpixFile.of(cpix.path(), CpixCredential.policy(given, console));
    }
    CpixCredential.requireNone(given);
    if (given.has(KEY)) {
      requireNoType(given);
      List<String> keys = new ArrayList<>();
      for (Value key : given.values(KEY)) {
        keys.add(key.text());
      }
      return RawKeys.parse(keys);
    }
    return keyServer(given, console);
  }

  /** The key server, or the seed's keys if none is named. */
  static KeyExchange keyServer(Arguments given, Console console) {
    String url = given.text(KEY_SERVER);
    String name = given.text(KEY_SERVER_PROFILE);
    if (url == null) {
      requireNoType(given);
    }
    if (url != null && name != null) {
      throw new UsageException(
          "--key-server and --key-server-profile name two key servers.", "Give one of them.");
    }
    if (url != null) {
      return remote(accounts(given, console), url, given.text(KEY_SERVER_TYPE));
    }
    return name != null
        ? accounts(given, console).get(name)
        : EmbeddedKeys.open(DataOption.open(given, console));
  }

  /** Whoever types a URL here may call any address from this machine anyway. */
  static KeyServerAccounts accounts(Arguments given, Console console) {
    return KeyServerAccounts.of(
        config(given, console).withAnyAddress(),
        request -> EmbeddedKeys.open(DataOption.open(given, console)).exchange(request));
  }

  /** Logs out where there is a login. */
  static void close(KeyExchange exchange) {
    if (exchange instanceof KeyServer server) {
      server.close();
    }
  }

  private static void requireNoType(Arguments given) {
    if (given.has(KEY_SERVER_TYPE)) {
      throw new UsageException("--key-server-type needs --key-server.", "Give its URL.");
    }
  }

  /** The message does not hold the URL: it may hold a credential. */
  private static KeyExchange remote(KeyServerAccounts accounts, String url, @Nullable String type) {
    if (type != null && !UrlAccount.TYPES.contains(type)) {
      throw new UsageException(
          "\"%s\" is not a type of key server.".formatted(type),
          "Use " + String.join(", ", UrlAccount.TYPES) + ".");
    }
    try {
      return accounts.ofUrl(url, type);
    } catch (DrmException e) {
      if (e.code().equals("invalid-key-server-url")) {
        throw new UsageException(
            "The value of --key-server is not an http or https URL.",
            "Write it as https://keys.example/speke/v2.0/copyProtection.");
      }
      throw e;
    }
  }

  private static KeyExchangeSettings config(Arguments given, Console console) {
    return configFile(given, console).keyExchange(console.environment());
  }

  /** That of {@code --config}, else that of {@code KEYMUX_CONFIG}, else one that says nothing. */
  static ConfigFile configFile(Arguments given, Console console) {
    Value file = given.optional(CONFIG);
    String variable = console.environment().get("KEYMUX_CONFIG");
    Path path =
        file != null
            ? file.path()
            : variable == null || variable.isEmpty() ? null : Path.of(variable);
    return path == null ? ConfigFile.EMPTY : ConfigFile.read(path);
  }
}

package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.json.Json;
import io.keymux.api.keyserver.KeyTest;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code keymux keys test}: one exchange, keys masked. */
record KeysTestCommand(Console console) implements Command {
  private static final CommandOption DRM =
      CommandOption.list(
              "--drm", "SYSTEM", "widevine,playready,fairplay,clearkey (default: {default}).")
          .orElse("widevine,playready");
  private static final CommandOption SCHEME =
      CommandOption.one(
          "--scheme", "SCHEME", "cenc or cbcs (default: cbcs with FairPlay, else cenc).");
  private static final CommandOption PRESET =
      CommandOption.one(
              "--preset",
              "RULE",
              "preset0, preset1, per-type, labels (SD, HD, UHD1, AUDIO) or a contract of",
              "SPEKE, as speke:VIDEO_3+AUDIO_2.",
              "Default: {default}.")
          .orElse("preset0");
  private static final CommandOption CONTENT_ID =
      CommandOption.one("--content-id", "ID", "The asset to ask for (default: {default}).")
          .orElse("keymux-test");
  private static final CommandOption JSON = CommandOption.flag("--json", "Print one JSON object.");

  @Override
  public Syntax syntax() {
    List<CommandOption> options = new ArrayList<>(KeyOptions.KEY_SERVER_OPTIONS);
    options.addAll(List.of(DRM, SCHEME, PRESET, CONTENT_ID, JSON));
    return Syntax.of(
        "keymux keys test",
        List.of(
            "Asks a key server for the keys of an asset once, and prints what it did.",
            "Keys are not shown. Some servers keep what they were asked for."),
        null,
        options);
  }

  @Override
  public int run(Arguments given) throws InterruptedException {
    Set<DrmSystem> systems = EnumSet.noneOf(DrmSystem.class);
    given.values(DRM).forEach(system -> systems.add(DrmSystem.ofId(system.text())));
    String scheme = given.text(SCHEME);
    ProtectionScheme chosen =
        scheme != null
            ? ProtectionScheme.ofFourCc(scheme)
            : systems.contains(DrmSystem.FAIRPLAY) ? ProtectionScheme.CBCS : ProtectionScheme.CENC;
    KeyRule rule = KeyRule.ofId(given.value(PRESET).text());
    KeyExchange exchange = KeyOptions.keyServer(given, console);
    try {
      KeyTest test = KeyTest.run(exchange, given.value(CONTENT_ID).text(), chosen, systems, rule);
      if (given.has(JSON)) {
        console.out().println(Json.line(test));
      } else {
        print(test, console.out());
      }
      return ExitCode.OK;
    } finally {
      KeyOptions.close(exchange);
    }
  }

  private static void print(KeyTest test, PrintWriter out) {
    KeyTest.Server server = test.server();
    if (server == null) {
      out.println("Keys of the seed in --data; no key server was called.");
    } else {
      out.printf(
          "%s at %s: %s, auth %s%n",
          server.title(), server.host(), server.transport(), server.auth());
      out.printf(
          "It supports %s with %s, %s keys for an asset, content ids %s%n",
          String.join(", ", server.systems()),
          String.join(", ", server.schemes()),
          server.maxKeys() == null ? "any number of" : "at most " + server.maxKeys(),
          server.contentId());
    }
    out.printf(
        "%s, %s: %d keys in %d ms, KIDs %s%n",
        test.contentId(), test.scheme(), test.keys().size(), test.milliseconds(), test.kids());
    for (KeyTest.Key key : test.keys()) {
      out.printf(
          "  %s: KID %s, %s%s%n",
          key.trackType(), key.kid(), key.value(), key.iv() ? ", with an IV" : "");
    }
    signaling(test).forEach((given, keys) -> out.printf("  %s (%d keys)%n", given, keys));
    if (test.signaling().isEmpty()) {
      out.println("  no signalling: Keymux makes it");
    }
  }

  /** What was given for how many keys: all keys have the same, as a rule. */
  private static Map<String, Integer> signaling(KeyTest test) {
    Map<String, Integer> keys = new LinkedHashMap<>();
    for (KeyTest.Signaling entry : test.signaling()) {
      keys.merge(entry.system() + ": " + String.join(", ", entry.given()), 1, Integer::sum);
    }
    return keys;
  }
}

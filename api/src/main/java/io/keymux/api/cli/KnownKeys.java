package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.UsageException;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.xml.CpixReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys that a verification may use; none is asked of a key server. */
final class KnownKeys {
  private static final int CPIX_LIMIT_BYTES = 1 << 20;
  private static final Pattern KEY_SPEC =
      Pattern.compile(
          "(?:[^:=]*=)?([0-9a-fA-F]{32}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
              + ":([0-9a-fA-F]{32})(?::[0-9a-fA-F]*)?");

  private static final CommandOption KEY =
      CommandOption.repeated(
          "--key", "KID:KEY", "A key in hex; repeatable. Visible in the process list: for tests.");
  private static final CommandOption CPIX =
      CommandOption.one(
          "--cpix",
          "FILE",
          "A CPIX document with clear keys.",
          "Without --key and --cpix: the keys that were issued from the seed in --data.");

  static final List<CommandOption> OPTIONS = List.of(KEY, CPIX, DataOption.DATA);

  private KnownKeys() {}

  /**
   * The keys by their KIDs.
   *
   * @throws UsageException if one is malformed or two contradict each other; it names the position,
   *     never the key
   */
  static Map<KeyId, SecretBytes> known(Arguments given, Console console) {
    List<Value> keys = given.values(KEY);
    Value cpix = given.optional(CPIX);
    Map<KeyId, SecretBytes> known = typed(keys);
    if (cpix != null) {
      byte[] document = InputFile.read(cpix.text(), console, CPIX_LIMIT_BYTES);
      try {
        for (ContentKey key : CpixReader.read(document).contentKeys()) {
          put(known, key.id(), key.value(), "--cpix");
        }
      } finally {
        Arrays.fill(document, (byte) 0);
      }
    }
    Path data = DataOption.path(given, console);
    if (keys.isEmpty() && cpix == null && Files.isDirectory(data)) {
      known.putAll(EmbeddedKeys.open(DataDirectory.open(data)).issued());
    }
    return known;
  }

  /**
   * Keys as they are typed.
   *
   * @throws UsageException as {@link #known}
   */
  static Map<KeyId, SecretBytes> typed(List<Value> keys) {
    Map<KeyId, SecretBytes> typed = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      add(typed, i + 1, keys.get(i).text());
    }
    return typed;
  }

  private static void add(Map<KeyId, SecretBytes> known, int position, String text) {
    Matcher m = KEY_SPEC.matcher(text);
    if (!m.matches()) {
      throw new UsageException(
          "Key " + position + " is not KID:KEY in hex.", "Give 32 digits for each of the two.");
    }
    byte[] value = HexFormat.of().parseHex(m.group(2));
    put(known, KeyId.parse(m.group(1)), SecretBytes.copyOf(value), "Key " + position);
    Arrays.fill(value, (byte) 0);
  }

  static void put(Map<KeyId, SecretBytes> known, KeyId id, SecretBytes value, String from) {
    SecretBytes before = known.put(id, value);
    if (before != null && !before.equals(value)) {
      throw new UsageException(
          from + " gives KID " + id + " another key than before.",
          "A KID names one key: correct one of them.");
    }
  }
}

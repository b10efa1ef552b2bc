package io.keymux.api.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Value;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Keys that inputs are encrypted with already: from a file, never from the process list. */
final class SourceKeys {
  static final CommandOption OPTION =
      CommandOption.one(
          "--source-keys",
          "FILE",
          "Keys of inputs that are encrypted already, KID:KEY in hex in each line;",
          "- for standard input.");

  static final CommandOption ONE =
      CommandOption.repeated(
          "--source-key",
          "KID:KEY",
          "Such a key in hex; repeatable. Visible in the process list: for tests.");

  private static final int LIMIT_BYTES = 1 << 20;
  private static final int KEY_DIGITS = 2 * ContentKey.SIZE_BYTES;

  private SourceKeys() {}

  /**
   * The keys; none if neither option is given.
   *
   * @throws DrmException with code {@code invalid-source-keys} if a line is not {@code KID:KEY}, or
   *     one KID has two keys; it names the line, never the key
   * @throws io.keymux.api.cli.syntax.UsageException if a typed key is none
   */
  static List<ContentKey> read(Arguments given, Console console) {
    Map<KeyId, SecretBytes> keys = KnownKeys.typed(given.values(ONE));
    for (ContentKey key : file(given, console)) {
      KnownKeys.put(keys, key.id(), key.value(), "--source-keys");
    }
    return of(keys);
  }

  static List<ContentKey> of(Map<KeyId, SecretBytes> keys) {
    return keys.entrySet().stream()
        .map(key -> new ContentKey(key.getKey(), key.getValue(), null, null))
        .toList();
  }

  /** The keys of {@link #OPTION} alone. */
  static List<ContentKey> file(Arguments given, Console console) {
    Value file = given.optional(OPTION);
    if (file == null) {
      return List.of();
    }
    byte[] content = InputFile.read(file.text(), console, LIMIT_BYTES);
    try {
      List<ContentKey> keys = parse(content);
      if (keys.isEmpty()) {
        throw invalid("The file of --source-keys holds no key");
      }
      return keys;
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static List<ContentKey> parse(byte[] content) {
    List<ContentKey> keys = new ArrayList<>();
    int number = 0;
    int start = 0;
    while (start < content.length) {
      int end = start;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      number++;
      int last = end;
      while (last > start && content[last - 1] <= ' ') {
        last--;
      }
      if (last > start && content[start] != '#') {
        add(keys, content, start, last, number);
      }
      start = end + 1;
    }
    return keys;
  }

  private static void add(List<ContentKey> keys, byte[] line, int start, int end, int number) {
    int value = end - KEY_DIGITS;
    if (value - 1 <= start || line[value - 1] != ':') {
      throw invalid("Line %d of --source-keys is not KID:KEY".formatted(number));
    }
    byte[] key = new byte[ContentKey.SIZE_BYTES];
    try {
      for (int i = 0; i < key.length; i++) {
        int high = Character.digit(line[value + 2 * i], 16);
        int low = Character.digit(line[value + 2 * i + 1], 16);
        if (high < 0 || low < 0) {
          throw invalid("The key in line %d of --source-keys is not hex".formatted(number));
        }
        key[i] = (byte) (high << 4 | low);
      }
      KeyId id = keyId(new String(line, start, value - 1 - start, US_ASCII), number);
      ContentKey read = new ContentKey(id, SecretBytes.copyOf(key), null, null);
      for (ContentKey other : keys) {
        if (other.id().equals(id) && !other.value().equals(read.value())) {
          throw invalid("Line %d of --source-keys gives KID %s a second key".formatted(number, id));
        }
      }
      keys.add(read);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** What stands before the colon may be a key in the wrong place: it is not repeated. */
  private static KeyId keyId(String text, int number) {
    try {
      return KeyId.parse(text);
    } catch (DrmException e) {
      throw invalid("The KID in line %d of --source-keys is none".formatted(number));
    }
  }

  private static DrmException invalid(String problem) {
    return new DrmException(
        Blame.CALLER,
        "invalid-source-keys",
        problem + ".",
        "Write 32 hex digits for each of the two, one key in each line.");
  }
}

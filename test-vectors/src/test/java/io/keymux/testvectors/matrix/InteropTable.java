package io.keymux.testvectors.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.testvectors.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The table of {@code docs/interop.md}: what each decrypter makes of each cell. {@code
 * -Dinterop.update=true} writes it anew; otherwise what is found must be what it says, for all
 * decrypters that are on this machine.
 */
final class InteropTable {
  /** The bytes of the input. */
  static final String SAME = "same";

  /** The tool ends with an error. */
  static final String REFUSED = "refused";

  /** Some bytes are not those of the input. */
  static final String OTHER = "other bytes";

  private static final String START = "<!-- table: start -->";
  private static final String END = "<!-- table: end -->";
  private static final List<String> DECRYPTERS =
      List.of("judge", "ffmpeg", "Shaka Packager", "mp4decrypt", "GPAC");

  private final Map<List<String>, Map<String, String>> rows;

  private InteropTable(Map<List<String>, Map<String, String>> rows) {
    this.rows = rows;
  }

  static InteropTable read() throws IOException {
    Map<List<String>, Map<String, String>> rows = new ConcurrentSkipListMap<>(InteropTable::order);
    for (String line : Files.readAllLines(page())) {
      List<String> cells = cells(line);
      if (line.startsWith("| `") && cells.size() == 4 + DECRYPTERS.size()) {
        Map<String, String> found = new TreeMap<>();
        for (int i = 0; i < DECRYPTERS.size(); i++) {
          found.put(DECRYPTERS.get(i), cells.get(4 + i));
        }
        rows.put(cells.subList(0, 4), found);
      }
    }
    return new InteropTable(rows);
  }

  /**
   * Holds what was found against the table, or puts it there.
   *
   * @param found by decrypter, of those that were run
   */
  void enter(String source, Packaged.Options options, Map<String, String> found) {
    List<String> row =
        List.of(
            "`" + source + "`",
            options.scheme().fourCc(),
            options.layout().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
            options.rule().id());
    if (isUpdated()) {
      rows.computeIfAbsent(row, key -> new TreeMap<>()).putAll(found);
      return;
    }
    Map<String, String> expected = rows.getOrDefault(row, Map.of());
    found.forEach(
        (decrypter, outcome) ->
            assertThat(outcome)
                .as("%s of %s, against docs/interop.md", decrypter, row)
                .isEqualTo(expected.get(decrypter)));
  }

  private static boolean isUpdated() {
    return Boolean.getBoolean("interop.update");
  }

  /** Writes the page if it was asked for. */
  void save() throws IOException {
    if (!isUpdated()) {
      return;
    }
    StringBuilder table = new StringBuilder(START).append("\n| input | scheme | layout | keys |");
    DECRYPTERS.forEach(name -> table.append(' ').append(name).append(" |"));
    table.append("\n|---|---|---|---|").append("---|".repeat(DECRYPTERS.size())).append('\n');
    rows.forEach(
        (row, found) -> {
          table.append("| ").append(String.join(" | ", row)).append(" |");
          DECRYPTERS.forEach(
              name -> table.append(' ').append(found.getOrDefault(name, "not run")).append(" |"));
          table.append('\n');
        });
    String text = Files.readString(page());
    Files.writeString(
        page(), text.substring(0, text.indexOf(START)) + table + text.substring(text.indexOf(END)));
  }

  private static Path page() {
    return Repository.file("docs/interop.md");
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split("\\|", -1)) {
      cells.add(cell.strip());
    }
    return cells.size() < 2 ? List.of() : List.copyOf(cells.subList(1, cells.size() - 1));
  }

  private static int order(List<String> a, List<String> b) {
    return String.join("|", a).compareTo(String.join("|", b));
  }
}

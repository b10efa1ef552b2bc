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
 * A table of {@code docs/interop.md}: what is found of each cell. {@code -Dinterop.update=true}
 * writes it anew; otherwise what is found must be what it says, for all programs that are on this
 * machine.
 */
final class InteropTable {
  /** The bytes of the input. */
  static final String SAME = "same";

  /** The tool ends with an error. */
  static final String REFUSED = "refused";

  /** Some bytes are not those of the input. */
  static final String OTHER = "other bytes";

  private final String name;
  private final List<String> cell;
  private final List<String> results;
  private final Map<List<String>, Map<String, String>> rows =
      new ConcurrentSkipListMap<>(InteropTable::order);

  private InteropTable(String name, List<String> cell, List<String> results) {
    this.name = name;
    this.cell = cell;
    this.results = results;
  }

  /** What each decrypter makes of the output. */
  static InteropTable decrypters() throws IOException {
    return read(
        "table",
        List.of("input", "scheme", "layout", "keys"),
        List.of("judge", "ffmpeg", "Shaka Packager", "mp4decrypt", "GPAC"));
  }

  /** What each engine makes of the input. */
  static InteropTable engines() throws IOException {
    return read(
        "engines",
        List.of("input", "scheme", "layout", "keys"),
        List.of("native", "bento4", "IVs and subsamples"));
  }

  private static InteropTable read(String name, List<String> cell, List<String> results)
      throws IOException {
    InteropTable table = new InteropTable(name, cell, results);
    String page = Files.readString(page());
    String text = page.substring(page.indexOf(table.start()), page.indexOf(table.end()));
    for (String line : text.lines().filter(line -> line.startsWith("| `")).toList()) {
      List<String> cells = cells(line);
      Map<String, String> found = new TreeMap<>();
      for (int i = 0; i < results.size(); i++) {
        found.put(results.get(i), cells.get(cell.size() + i));
      }
      table.rows.put(cells.subList(0, cell.size()), found);
    }
    return table;
  }

  private String start() {
    return "<!-- " + name + ": start -->";
  }

  private String end() {
    return "<!-- " + name + ": end -->";
  }

  /**
   * Holds what was found against the table, or puts it there.
   *
   * @param found by column, of those that were run
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
        (column, outcome) ->
            assertThat(outcome)
                .as("%s of %s, against docs/interop.md", column, row)
                .isEqualTo(expected.get(column)));
  }

  private static boolean isUpdated() {
    return Boolean.getBoolean("interop.update");
  }

  /** Writes the page if it was asked for. */
  void save() throws IOException {
    if (!isUpdated()) {
      return;
    }
    StringBuilder table = new StringBuilder(start()).append('\n');
    table.append("| ").append(String.join(" | ", cell)).append(" |");
    results.forEach(column -> table.append(' ').append(column).append(" |"));
    table.append('\n').append('|').append("---|".repeat(cell.size() + results.size()));
    table.append('\n');
    rows.forEach(
        (row, found) -> {
          table.append("| ").append(String.join(" | ", row)).append(" |");
          results.forEach(
              column ->
                  table.append(' ').append(found.getOrDefault(column, "not run")).append(" |"));
          table.append('\n');
        });
    synchronized (InteropTable.class) {
      String text = Files.readString(page());
      Files.writeString(
          page(),
          text.substring(0, text.indexOf(start())) + table + text.substring(text.indexOf(end())));
    }
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

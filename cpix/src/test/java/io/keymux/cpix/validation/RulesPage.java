package io.keymux.cpix.validation;

import io.keymux.cpix.validation.CpixFinding.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The tables of {@code docs/cpix-rules.md}, by rule. */
final class RulesPage {
  private static final Path FILE =
      Path.of(System.getProperty("keymux.root", ".."), "docs", "cpix-rules.md");

  private final Map<String, Row> rows = new LinkedHashMap<>();

  /** One rule as documented. */
  record Row(
      String rule, String profiles, String strict, String lenient, String what, String source) {

    Severity severity(CpixProfile profile, Strictness strictness) {
      String cell = strictness == Strictness.STRICT ? strict : lenient;
      String[] parts = cell.split(", speke: ", -1);
      String word = parts.length > 1 && profile.isSpeke() ? parts[1] : parts[0];
      return Severity.valueOf(word.toUpperCase(Locale.ROOT));
    }

    boolean appliesTo(CpixProfile profile) {
      return profiles.equals("all")
          || List.of(profiles.split(", ", -1)).stream().anyMatch(profile.id()::startsWith);
    }
  }

  private RulesPage() {
    try {
      for (String line : Files.readAllLines(FILE)) {
        if (line.startsWith("| `")) {
          String[] cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
          String rule = cells[0].replace("`", "");
          Row before =
              rows.put(rule, new Row(rule, cells[1], cells[2], cells[3], cells[4], cells[5]));
          if (before != null) {
            throw new AssertionError(rule + " is documented twice");
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RulesPage read() {
    return new RulesPage();
  }

  Map<String, Row> rows() {
    return rows;
  }

  Row row(String rule) {
    return Objects.requireNonNull(rows.get(rule), rule);
  }
}

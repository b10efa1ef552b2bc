package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that security.md names are there, for each of its rows. */
class ThreatTableTest {
  private static final int ROWS = 39;
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");
  private static final Pattern REASON = Pattern.compile("None yet: .{40,}");

  private record Row(int number, String tests) {}

  private static List<Row> rows() throws IOException {
    String page = Files.readString(Guide.ROOT.resolve("docs/security.md"));
    return ROW.matcher(page)
        .results()
        .map(row -> new Row(Integer.parseInt(row.group(1)), row.group(4)))
        .toList();
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(Guide.ROOT)) {
      for (Path file :
          files
              .filter(
                  path ->
                      path.toString().endsWith("Test.java") || path.toString().endsWith("IT.java"))
              .filter(path -> !path.toString().contains("/target/"))
              .toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.merge(name, Files.readString(file), String::concat);
      }
    }
    return sources;
  }

  @Test
  void rows_areAllThere() throws IOException {
    assertThat(rows())
        .extracting(Row::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS).boxed().toList());
  }

  @Test
  void rows_nameTestsThatExist_orSayWhyThereIsNone() throws IOException {
    Map<String, String> sources = sources();
    for (Row row : rows()) {
      Matcher name = NAME.matcher(row.tests());
      int found = 0;
      while (name.find()) {
        found++;
        assertThat(sources).as("row %d", row.number()).containsKey(name.group(1));
        if (name.group(2) != null) {
          assertThat(sources.get(name.group(1)))
              .as("row %d", row.number())
              .contains("void " + name.group(2) + "(");
        }
      }
      assertThat(found > 0 || REASON.matcher(row.tests()).matches())
          .as("row %d: %s", row.number(), row.tests())
          .isTrue();
    }
  }
}

package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code errors.md} and the sources name the same codes: every literal with a hyphen in the modules
 * is documented or listed as no code, and nothing is documented that the sources lack.
 */
class ErrorCodesTest {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root", ".."));
  private static final List<String> MODULES =
      List.of("cpix", "packager", "keyserver-clients", "api");

  private static final Pattern LITERAL = Pattern.compile("\"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\"");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final String FAILURE =
      "(CALLER (2|3|130)|(CALLER, )?UNSUPPORTED (3|7)|UPSTREAM [345]|OUTPUT 6|[45]\\d\\d) \\| [^|]+\\. ";
  private static final String FINDING = "(error|warning|note) ";
  private static final Pattern ROW =
      Pattern.compile("\\| `[a-z0-9-]+` \\| (" + FAILURE + "|" + FINDING + ")\\| [^|]+\\. \\|");

  @Test
  void sources_everyHyphenatedLiteral_isDocumentedOrListedAsNoCode() throws IOException {
    Set<String> hyphenated = literals();
    hyphenated.removeIf(word -> !word.contains("-") || UUID.matcher(word).matches());
    assertThat(hyphenated).hasSizeGreaterThan(100);

    hyphenated.removeAll(documented());
    hyphenated.removeAll(notCodes());
    assertThat(hyphenated).isEmpty();
  }

  @Test
  void errorsPage_everyCode_occursInTheSources() throws IOException {
    Set<String> gone = documented();
    gone.removeAll(literals());
    assertThat(gone).isEmpty();
  }

  @Test
  void notErrorCodes_everyWord_occursInTheSourcesAndIsNotDocumented() throws IOException {
    Set<String> gone = notCodes();
    gone.removeAll(literals());
    assertThat(gone).isEmpty();
    assertThat(documented()).doesNotContainAnyElementsOf(notCodes());
  }

  @Test
  void errorsPage_everyRow_hasWhoseFaultItIsCauseAndCure() throws IOException {
    assertThat(rows()).allSatisfy(row -> assertThat(row).matches(ROW));
  }

  private static Set<String> documented() throws IOException {
    Set<String> codes = new TreeSet<>();
    for (String row : rows()) {
      codes.add(row.substring(3, row.indexOf('`', 3)));
    }
    return codes;
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/errors.md")).stream()
        .filter(line -> line.startsWith("| `"))
        .toList();
  }

  private static Set<String> notCodes() throws IOException {
    Set<String> words = new TreeSet<>();
    for (String line :
        Files.readAllLines(ROOT.resolve("docs/src/test/resources/not-error-codes.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        words.add(line);
      }
    }
    return words;
  }

  private static Set<String> literals() throws IOException {
    Set<String> literals = new TreeSet<>();
    for (String module : MODULES) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      if (!Files.isDirectory(sources)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> literals.addAll(literals(file)));
      }
    }
    return literals;
  }

  private static List<String> literals(Path file) {
    try {
      return LITERAL.matcher(Files.readString(file)).results().map(m -> m.group(1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

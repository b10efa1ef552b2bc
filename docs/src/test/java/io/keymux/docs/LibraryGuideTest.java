package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/library.md} shows what the projects under {@code docs/consumer} are built of, which
 * the build runs, and what stands in the sources of the examples.
 */
class LibraryGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root", ".."));
  private static final String PLAIN = "docs/consumer/src/it/users/plain/";

  @Test
  void guide_dependencies_areTheConsumers() throws IOException {
    String pom = read(PLAIN + "pom.xml").replace("@project.version@", version("pom.xml"));

    assertThat(guide()).contains(unindented(element(pom, "dependencyManagement")));
    assertThat(guide())
        .contains(
            unindented(
                element(pom.substring(pom.indexOf("</dependencyManagement>")), "dependencies")));
  }

  @Test
  void guide_fifteenLines_areTheConsumers() throws IOException {
    String lines = marked(PLAIN + "src/main/java/com/example/PackageFile.java", "package");

    assertThat(lines.lines()).hasSize(15);
    assertThat(guide()).contains(lines);
  }

  @Test
  void guide_classPath_isWhatTheConsumerFinds() throws IOException {
    for (String artifact :
        Files.readAllLines(ROOT.resolve(PLAIN + "src/test/resources/class-path.txt"))) {
      assertThat(guide()).contains("`" + artifact + "`");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker/QueueWorker", "temporal/KeymuxActivity", "sqs/SqsWorker"})
  void guide_example_isLinkedAndShort(String name) throws IOException {
    String file = "examples/src/main/java/io/keymux/docs/" + name + ".java";

    assertThat(guide()).contains("(" + file + ")");
    assertThat(read("docs/" + file).lines()).hasSizeLessThanOrEqualTo(150);
  }

  @Test
  void bom_artifacts_areThoseOfThisVersion() throws IOException {
    String bom = read("docs/bom/pom.xml");

    assertThat(version("docs/bom/pom.xml")).isEqualTo(version("pom.xml"));
    assertThat(bom).doesNotContain("<parent>");
    List<String> artifacts =
        Pattern.compile("<artifactId>([^<]*)</artifactId>\n\\s*<version>\\$\\{project.version}<")
            .matcher(bom)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(artifacts)
        .containsExactly("keymux-cpix", "keymux-keyserver-clients", "keymux-packager");
  }

  /** The comparison cannot be forgotten: a release that is named is compared with. */
  @Test
  void comparison_isLeftOut_onlyAsLongAsThereIsNoRelease() throws IOException {
    String pom = read("pom.xml");

    assertThat(text(pom, "japicmp.skip"))
        .isEqualTo(String.valueOf(text(pom, "keymux.released").equals("none")));
  }

  private static String guide() throws IOException {
    return read("docs/library.md");
  }

  private static String version(String pom) throws IOException {
    return text(read(pom), "version");
  }

  private static String text(String xml, String name) {
    Matcher matcher = Pattern.compile("\n  +<" + name + ">([^<]*)</").matcher(xml);
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }

  private static String element(String xml, String name) {
    String end = "</" + name + ">";
    int from = xml.indexOf("  <" + name + ">");
    return xml.substring(from, xml.indexOf(end, from) + end.length());
  }

  private static String unindented(String text) {
    return text.lines().map(line -> line.substring(2)).collect(Collectors.joining("\n"));
  }

  private static String marked(String file, String part) throws IOException {
    String text = read(file);
    String begin = "    // [" + part + "]\n";
    return text.substring(
            text.indexOf(begin) + begin.length(), text.indexOf("    // [/" + part + "]"))
        .lines()
        .map(line -> line.substring(4))
        .collect(Collectors.joining("\n"));
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}

package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jars as they would be published. */
class LibraryJarsIT {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root", ".."));

  @ParameterizedTest
  @CsvSource({
    "cpix, io.keymux.cpix",
    "keyserver-clients, io.keymux.keyserver",
    "packager, io.keymux.packager"
  })
  void jars_ofALibrary_haveAModuleNameSourcesAndJavadoc(String module, String moduleName)
      throws IOException {
    try (JarFile jar = jar(module, "");
        JarFile sources = jar(module, "-sources");
        JarFile javadoc = jar(module, "-javadoc")) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo(moduleName);
      assertThat(names(sources)).containsAll(sourcesOf(module));
      assertThat(names(javadoc))
          .contains(
              "index.html",
              moduleName + "/" + moduleName.replace('.', '/') + "/package-summary.html");
    }
  }

  private static JarFile jar(String module, String kind) throws IOException {
    String version = System.getProperty("keymux.version");
    String name = "keymux-" + module + "-" + version + kind + ".jar";
    return new JarFile(ROOT.resolve(module + "/target").resolve(name).toFile());
  }

  private static Set<String> names(JarFile jar) {
    return jar.stream().map(ZipEntry::getName).collect(Collectors.toSet());
  }

  private static Set<String> sourcesOf(String module) throws IOException {
    Path folder = ROOT.resolve(module + "/src/main/java");
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toSet());
    }
  }
}

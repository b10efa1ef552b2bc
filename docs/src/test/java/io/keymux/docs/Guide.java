package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, whose blocks are run. */
record Guide(Path page) {
  static final Path ROOT = Path.of(System.getProperty("keymux.root", ".."));

  /**
   * @param name as {@code jobs.md}
   */
  static Guide of(String name) {
    return new Guide(ROOT.resolve("docs").resolve(name));
  }

  /** The text of the first block in a language. */
  String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(page));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  /** The text of the block in a language that has these words. */
  String block(String language, String words) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(page));
    while (block.find()) {
      if (block.group(1).contains(words)) {
        return block.group(1);
      }
    }
    throw new AssertionError(page + " has no block with " + words);
  }

  /** Runs the first shell block, which must end well; gives what it says. */
  String run(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    return run(block("sh"), folder, environment);
  }

  /** Runs a shell block, which must end well; gives what it says. */
  static String run(String block, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-e", "-c", block)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    shell.environment().putAll(environment);
    Process run = shell.start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor()).as(said).isZero();
    return said;
  }
}

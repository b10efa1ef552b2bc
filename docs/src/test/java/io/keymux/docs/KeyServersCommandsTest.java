package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.cli.Cli;
import io.keymux.api.cli.Console;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of key-servers.md, with the account of its first configuration: run as they stand
 * there, with Keymux' own stand-in for DRMtoday in place of DRMtoday.
 */
class KeyServersCommandsTest {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root", ".."));
  private static final Pattern COMMAND = Pattern.compile("^keymux (.*)$", Pattern.MULTILINE);

  private static @TempDir Path folder;
  private static ApiServer server;
  private static String guide;

  @BeforeAll
  static void start() throws IOException {
    server =
        KeymuxService.start(
            new ServiceSettings("127.0.0.1", 0, List.of(folder), QueueSettings.DEFAULT),
            DataDirectory.open(folder.resolve("data")));
    guide = Files.readString(ROOT.resolve("docs/key-servers.md"));
    Files.writeString(folder.resolve("password"), "any\n");
    Files.copy(
        ROOT.resolve("test-vectors/vectors/sample-ladder/video-360p.mp4"),
        folder.resolve("film.mp4"));
    Files.writeString(folder.resolve("keymux.yaml"), configuration());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<String> commands() {
    List<String> commands = new ArrayList<>();
    Matcher command = COMMAND.matcher(guide);
    while (command.find()) {
      commands.add(command.group(1));
    }
    return commands.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_ofTheGuide_works(String command) {
    List<String> words = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      boolean file = word.equals("film.mp4") || word.equals("out") || word.endsWith(".yaml");
      words.add(file ? folder.resolve(word).toString() : word);
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new ByteArrayInputStream(new byte[0]),
            Map.of("KEYMUX_DATA", folder.resolve("own-data").toString()),
            0);

    int exit = Cli.run(console, words.toArray(String[]::new));

    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString()).containsAnyOf("KIDs replaced", "manifest.mpd", "castLabs DRMtoday");
  }

  /** The account of the guide's first block, at the stand-in. */
  private static String configuration() {
    Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertThat(block.find()).isTrue();
    String own = server.uri().toString();
    return block
        .group(1)
        .replace(
            "    profile: drmtoday\n",
            "    profile: drmtoday\n    url: \"%s/frontend/cpix/v1/{org}/ingest/{config}\"\n"
                .formatted(own))
        .replace("auth: {", "auth: {login: \"%s/cas/v1/tickets\", ".formatted(own))
        .replace("/run/secrets/drmtoday", folder.resolve("password").toString());
  }
}

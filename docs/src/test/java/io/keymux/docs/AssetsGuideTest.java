package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.cli.Cli;
import io.keymux.api.cli.Console;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import io.keymux.packager.Keymux;
import io.keymux.packager.asset.AssetInputs;
import io.keymux.packager.job.PackagingJob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of {@code docs/assets.md} run as they stand there, and so does its code. */
class AssetsGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root", ".."));
  private static final Path GUIDE = ROOT.resolve("docs/assets.md");
  private static final String KID = "31323334353637383930313233343536";
  private static final String KEY = "3233343536373839302132333435363f";
  private static final Pattern COMMAND = Pattern.compile("^keymux (.*)$", Pattern.MULTILINE);

  private static @TempDir Path folder;

  @BeforeAll
  static void makeAsset() throws IOException {
    Path video = ROOT.resolve("test-vectors/vectors/sample-ladder/video-360p.mp4");
    Path asset = folder.resolve("asset");
    assertThat(run(List.of("package", "" + video, "-o", "" + asset, "--key", KID + ":" + KEY)))
        .isEmpty();
    Files.writeString(folder.resolve("keys.txt"), KID + ":" + KEY + "\n");
  }

  static Stream<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    Matcher command = COMMAND.matcher(Files.readString(GUIDE));
    while (command.find()) {
      commands.add(command.group(1));
    }
    return commands.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_ofTheGuide_works(String command) {
    List<String> words = new ArrayList<>();
    String output = "";
    for (String word : command.split(" ", -1)) {
      boolean file = word.matches("asset|migrated|clear|signalled|keys\\.txt");
      words.add(file ? folder.resolve(word).toString() : word);
      output = words.size() > 1 && words.get(words.size() - 2).equals("-o") ? word : output;
    }
    assertThat(run(words)).isEmpty();
    assertThat(folder.resolve(output).resolve("manifest.mpd")).exists();
  }

  @Test
  void guide_code_runsAndIsTheTestedCode() throws Exception {
    Path asset = folder.resolve("asset");
    Path migrated = folder.resolve("migrated-by-code");
    KeyExchange newKeys = SeedKeys.of(SecretBytes.copyOf(new byte[32]));
    List<ContentKey> sourceKeys =
        List.of(
            new ContentKey(
                KeyId.parse(KID), SecretBytes.copyOf(HexFormat.of().parseHex(KEY)), null, null));
    // [anew]
    AssetInputs old = AssetInputs.read(asset);
    PackagingJob.Builder job =
        PackagingJob.builder().scheme(ProtectionScheme.CBCS).output(migrated);
    old.inputs().forEach(input -> job.input(input.withKeys(sourceKeys)));
    Keymux.packager().keys(newKeys).run(job.build());
    // [/anew]
    assertThat(migrated.resolve("master.m3u8")).exists();
    String self =
        Files.readString(ROOT.resolve("docs/src/test/java/io/keymux/docs/AssetsGuideTest.java"));
    String snippet =
        self.substring(self.indexOf("// [anew]\n") + 10, self.indexOf("    // [/anew]"))
            .lines()
            .map(line -> line.substring(4))
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(GUIDE)).contains(snippet);
  }

  /** What it says on its error stream; empty if all went well. */
  private static String run(List<String> words) {
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(new StringWriter(), true),
            new PrintWriter(err, true),
            new ByteArrayInputStream(new byte[0]),
            Map.of("KEYMUX_DATA", folder.resolve("data").toString()),
            0);
    int exit = Cli.run(console, words.toArray(String[]::new));
    return exit == 0 ? "" : exit + " " + err;
  }
}

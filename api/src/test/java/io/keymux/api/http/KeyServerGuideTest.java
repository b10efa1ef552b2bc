package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.json.Json;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.document.CpixTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of key-server.md as they stand there, but for the port, and reads its YAML. */
class KeyServerGuideTest {
  private static final Path GUIDE =
      Path.of(System.getProperty("keymux.root"), "docs/key-server.md");
  private static final String KEYS =
      """
      {"assets":[{"assetId":"movie","ingestKeys":[{"streamType":"VIDEO",
        "keyId":"AAECAwQFBgcICQoLDA0ODw==","key":"Dw4NDAsKCQgHBgUEAwIBAA=="}]}]}""";

  @RegisterExtension static final TestService service = new TestService();
  @TempDir Path folder;

  @Test
  void commands_ofTheGuide_giveKeys() throws IOException, InterruptedException {
    boolean curl = new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0;
    assumeTrue(curl || System.getenv("CI") != null, "there is no curl");
    Files.writeString(folder.resolve("request.xml"), DrmToday.document("movie", "2.3"));
    Files.writeString(folder.resolve("keys.json"), KEYS);
    for (String block : blocks("sh")) {
      String commands = block.replace("http://127.0.0.1:8080", service.server.uri().toString());
      Path log = folder.resolve("log");
      int status =
          new ProcessBuilder("sh", "-euc", commands)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
      assertThat(status).as(Files.readString(log)).isZero();
    }
    CpixDocument generated = read("movie.xml");
    assertThat(generated.contentKeys()).hasSize(5);
    assertThat(generated.contentKeys())
        .extracting(ContentKey::value)
        .containsAll(read("answer.xml").contentKeys().stream().map(ContentKey::value).toList());
    JsonNode ingested = Json.mapper().readTree(folder.resolve("ingest.json").toFile());
    assertThat(ingested.findValues("pssh")).isNotEmpty();
    assertThat(service.get("/keys/movie/00010203-0405-0607-0809-0a0b0c0d0e0f").statusCode())
        .isEqualTo(200);
  }

  @Test
  void yaml_ofTheGuide_isReadAndSaysTheDefaults() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s");
    for (String block : blocks("yaml")) {
      Path file =
          Files.writeString(
              folder.resolve("config.yaml"), block.replaceAll("/run/secrets/\\w+", "" + secret));
      KeyServerSettings settings = ConfigFile.read(file).keyServerSettings(Map.of());
      assertThat(settings.streamTypes()).isEqualTo(KeyServerSettings.DEFAULT.streamTypes());
      assertThat(settings.tickets().ticketLifetime())
          .isEqualTo(KeyServerSettings.DEFAULT.tickets().ticketLifetime());
      assertThat(settings.tickets().loginLifetime())
          .isEqualTo(KeyServerSettings.DEFAULT.tickets().loginLifetime());
    }
  }

  private CpixDocument read(String name) throws IOException {
    String text = Files.readString(folder.resolve(name));
    assertThat(text).contains("<");
    return CpixTree.read(text.getBytes(UTF_8)).content();
  }

  private static List<String> blocks(String language) throws IOException {
    Pattern fenced = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
    List<String> blocks =
        fenced
            .matcher(Files.readString(GUIDE))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(blocks).as(language).isNotEmpty();
    return blocks;
  }
}

package io.keymux.api.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.cli.Cli;
import io.keymux.api.cli.Console;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.KeyExchangeSettings;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.SecuritySettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.config.WebhookSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import io.keymux.api.json.Json;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** The commands, the configuration and the job of {@code docs/storage.md}, as they stand there. */
class StorageGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root"));
  private static final Path LADDER = ROOT.resolve("test-vectors/vectors/sample-ladder");
  @RegisterExtension static final Buckets BUCKETS = new Buckets();

  @TempDir Path temp;
  private String guide = "";
  private Path config = Path.of("");
  private final Map<String, String> environment = Map.of("MEDIA_SECRET", Buckets.SECRET);

  @BeforeEach
  void read() throws Exception {
    guide = Files.readString(ROOT.resolve("docs/storage.md"));
    config =
        Files.writeString(
            temp.resolve("keymux.yaml"),
            block("yaml")
                .replace("https://s3.example", BUCKETS.server.uri())
                .replace("AKIAEXAMPLE", Buckets.KEY_ID));
    List<String> there =
        BUCKETS.client.listBuckets().buckets().stream().map(b -> b.name()).toList();
    for (String bucket : List.of("media-in", "media-out")) {
      if (!there.contains(bucket)) {
        BUCKETS.client.createBucket(r -> r.bucket(bucket));
      }
    }
    for (String name : List.of("video-720p.mp4", "video-360p.mp4")) {
      BUCKETS.client.putObject(
          r -> r.bucket("media-in").key("film/" + name),
          RequestBody.fromFile(LADDER.resolve(name)));
    }
  }

  @Test
  void commands_oneAfterTheOther_work() {
    List<String> commands =
        Pattern.compile("(?m)^keymux (.*)$").matcher(guide).results().map(m -> m.group(1)).toList();
    assertThat(commands).hasSize(3);
    for (String command : commands) {
      List<String> words = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
      words.replaceAll(word -> word.equals("keymux.yaml") ? config.toString() : word);
      assertThat(run(words)).as(command).isEmpty();
    }
    assertThat(BUCKETS.keys("media-out")).contains("film/manifest.mpd");
  }

  @Test
  void job_overHttp_isStoredUnderItsNames() throws Exception {
    ConfigFile file = ConfigFile.read(config);
    ServiceSettings settings =
        new ServiceSettings(
            "127.0.0.1",
            0,
            List.of(),
            QueueSettings.DEFAULT,
            null,
            KeyServerSettings.DEFAULT,
            KeyExchangeSettings.DEFAULT,
            null,
            SecuritySettings.DEFAULT,
            file.storageSettings(environment),
            null,
            WebhookSettings.DEFAULT);
    try (ApiServer server =
        KeymuxService.start(settings, DataDirectory.open(temp.resolve("service")))) {
      JsonNode job = send(server, "/v1/jobs", block("json"));
      String path = "/v1/jobs/" + job.path("id").asText();
      JsonNode done = send(server, path + "?wait=60", null);
      assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("succeeded");
      JsonNode outputs = send(server, path + "/outputs", null);
      assertThat(outputs.path("dash").asText())
          .isEqualTo("s3://media-out/film-2/video-720p_10.mpd");
      assertThat(outputs.path("hls").asText())
          .isEqualTo("s3://media-out/film-2/video-720p_10.m3u8");
      assertThat(outputs.path("report").path("tracks").size()).isEqualTo(2);
      assertThat(BUCKETS.keys("media-out")).contains("film-2/video-720p_10_1_1.m4s");
      try (var left =
          Files.list(temp.resolve("service/outputs").resolve(job.path("id").asText()))) {
        assertThat(left.map(p -> p.getFileName().toString()))
            .containsExactly("video-720p_10.keymux-report.json");
      }
      JsonNode refused =
          send(server, "/v1/jobs", block("json").replace("{definition}", "{nothing}"));
      assertThat(refused.path("errors").path(0).path("pointer").asText())
          .isEqualTo("/output/names/manifest");
      JsonNode again = send(server, "/v1/jobs", block("json"));
      done = send(server, "/v1/jobs/" + again.path("id").asText() + "?wait=60", null);
      assertThat(done.path("problem").path("code").asText()).isEqualTo("output-exists");
    }
  }

  private static JsonNode send(ApiServer server, String path, @Nullable String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .header("Content-Type", "application/json");
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return Json.mapper()
        .readTree(HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body());
  }

  private String block(String language) {
    Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  /** What it says on its error stream; empty if all went well. */
  private String run(List<String> words) {
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(new StringWriter(), true),
            new PrintWriter(err, true),
            new ByteArrayInputStream(new byte[0]),
            Map.of("KEYMUX_DATA", temp.resolve("data").toString(), "MEDIA_SECRET", Buckets.SECRET),
            0);
    int exit = Cli.run(console, words.toArray(String[]::new));
    return exit == 0 ? "" : exit + " " + err;
  }
}

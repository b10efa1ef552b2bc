package io.keymux.api.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.cli.SampleLadder;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import io.keymux.api.json.Json;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real service that is configured for {@link KeyServerDouble}, and what it lets out. */
final class CanaryService implements AutoCloseable {
  static final Path LADDER =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");

  final Secrets secrets = new Secrets();
  final KeyServerDouble keyServers = new KeyServerDouble(secrets);
  final Evidence evidence = new Evidence(secrets.canaries);
  final Path folder;
  final Path root;
  final Path config;
  private final Recorder recorder = new Recorder();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ApiServer server;
  private final SeedKeys seed;
  private boolean traced;

  CanaryService() {
    try {
      folder = Files.createTempDirectory("keymux-canary-");
      root = Files.createDirectory(folder.resolve("root"));
      config = Accounts.write(folder, keyServers.url(), secrets);
      DataDirectory data = DataDirectory.open(folder.resolve("data"));
      SecretBytes secret = data.seed();
      secrets.canaries.add("the seed", secret.reveal());
      seed = SeedKeys.of(secret);
      server =
          KeymuxService.start(
              new ServiceSettings(
                  "127.0.0.1",
                  0,
                  List.of(LADDER, root),
                  new QueueSettings(
                      1,
                      1,
                      Duration.ofSeconds(1),
                      Duration.ofSeconds(5),
                      Duration.ofSeconds(5),
                      Duration.ofDays(1),
                      Map.of()),
                  KeyServerSettings.DEFAULT,
                  ConfigFile.read(config).keyExchange(secrets.environment())),
              data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keyServers.answersSpeke(this::spekeOfTheSeed);
  }

  /** The embedded key server plays the foreign one, whose keys are replaced by canaries. */
  private String spekeOfTheSeed(String request) {
    return text(
        HttpRequest.newBuilder(server.uri().resolve("/speke/v2.0/copyProtection"))
            .header("X-Speke-Version", "2.0")
            .header("Content-Type", "application/xml")
            .POST(BodyPublishers.ofString(request)));
  }

  /** A request whose answer is evidence. */
  String get(String path) {
    return seen("GET " + path, text(HttpRequest.newBuilder(server.uri().resolve(path))));
  }

  /** A request whose answer is evidence. */
  String post(String path, String json) {
    return send("POST", path, json);
  }

  /** A request whose answer is evidence. */
  String send(String method, String path, String json) {
    return seen(
        method + " " + path,
        text(
            HttpRequest.newBuilder(server.uri().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))));
  }

  private String seen(String place, String answer) {
    evidence.add(place, answer);
    return answer;
  }

  private String text(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      evidence.add("headers", answer.headers().toString());
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError("not JSON", e);
    }
  }

  /** Runs a job to its end, if it is accepted, and asks for all that the service says of it. */
  JsonNode run(String spec) {
    post("/v1/plan", spec);
    JsonNode accepted = json(post("/v1/jobs", spec));
    if (!accepted.has("id")) {
      return accepted;
    }
    String job = "/v1/jobs/" + accepted.path("id").asText();
    JsonNode ended = json(get(job + "?wait=60"));
    get(job + "/events");
    get(job + "/outputs");
    get("/v1/jobs");
    return ended;
  }

  /** Looks at everything that was said, written, printed and logged until now. */
  void assertNothingLeaked() {
    for (String path :
        List.of("/v1/key-servers", "/healthz", "/v1/jobs?limit=200", "/v1/key-servers/process")) {
      get(path);
    }
    addSeedKeys();
    evidence.addFiles(folder.resolve("data"), file -> !file.endsWith("seed"));
    evidence.addFiles(root, file -> true);
    evidence.addProcesses();
    lookAtTheLog();
  }

  /** The keys that this service made itself are canaries too. */
  private void addSeedKeys() {
    Path issued = folder.resolve("data/issued-kids");
    if (!Files.exists(issued)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(issued, UTF_8)) {
        KeyId id = KeyId.parse(line.substring(0, line.indexOf(' ')));
        secrets.canaries.add("the seed's key of KID " + id, seed.keyFor(id).reveal());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lookAtTheLog() {
    String log = recorder.takeLogged();
    String printed = recorder.takePrinted();
    traced |=
        log.indexOf(Recorder.PROOF) < log.lastIndexOf(Recorder.PROOF)
            && printed.contains(Recorder.PROOF);
    evidence.add("the log", log);
    evidence.add("standard output and error", printed);
    evidence.assertClean();
  }

  /** Whether both logs were open at their lowest levels, and all that is printed was seen. */
  boolean traced() {
    return traced;
  }

  @Override
  public void close() {
    try {
      server.close();
      lookAtTheLog(); // Logging out is logged too.
    } finally {
      recorder.close();
      keyServers.close();
      SampleLadder.deleteTree(folder);
    }
  }
}

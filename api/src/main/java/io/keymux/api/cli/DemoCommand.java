package io.keymux.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.cli.syntax.UsageException;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import io.keymux.api.json.Json;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code keymux demo}: the whole way once, over the service's own API. */
record DemoCommand(Console console) implements Command {
  private static final CommandOption ONCE =
      CommandOption.flag("--once", "End after the verification.");
  private static final CommandOption PORT =
      CommandOption.one("--port", "PORT", "0 takes a free one (default: {default}).")
          .orElse("8080");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux demo",
        List.of(
            "Starts the service, packages the bundled sample ladder through its API, verifies the",
            "result, prints the addresses of manifests and player, and keeps serving."),
        null,
        List.of(ONCE, PORT));
  }

  @Override
  public int run(Arguments given) throws Exception {
    int port = given.value(PORT).whole();
    if (port < 0 || port > 65535) {
      throw new UsageException(port + " is not a port.", "Use 0 to 65535.");
    }
    Path folder = Files.createTempDirectory("keymux-demo-");
    Thread cleanUp = new Thread(() -> SampleLadder.deleteTree(folder), "keymux-demo-clean-up");
    try {
      DataDirectory data = DataDirectory.open(folder.resolve("data"));
      List<Path> ladder = SampleLadder.unpack(folder.resolve("sample-ladder"));
      ServiceSettings settings =
          new ServiceSettings(
              "127.0.0.1",
              port,
              List.of(folder.resolve("sample-ladder"), Path.of("")),
              QueueSettings.DEFAULT);
      try (ApiServer server = KeymuxService.start(settings, data)) {
        int code = runJob(server.uri(), ladder);
        if (code != ExitCode.OK || given.has(ONCE)) {
          return code;
        }
        console.out().println("Serving; Ctrl-C ends it.");
        console.out().flush();
        Runtime.getRuntime().addShutdownHook(cleanUp);
        ServeCommand.untilEnded(server);
        return ExitCode.OK;
      }
    } finally {
      SampleLadder.deleteTree(folder);
    }
  }

  private int runJob(URI service, List<Path> ladder) throws InterruptedException {
    PrintWriter out = console.out();
    out.println("Service: " + service);
    out.println("Job: 3 video renditions and stereo audio, cbcs, a key for each, HLS and DASH,");
    out.println("     for Widevine, PlayReady, FairPlay and ClearKey");
    ServiceClient client = new ServiceClient(service);
    String id = client.submit(job(ladder));
    StageLine line = new StageLine(console);
    client.follow(id, line::show);
    line.end();
    JsonNode job = client.job(id);
    if (!job.path("state").asText().equals("succeeded")) {
      JsonNode problem = job.path("problem");
      String code = problem.path("code").asText("job-not-done");
      console.err().println("error[" + code + "]: " + problem.path("detail").asText());
      return code.equals("verification-failed") ? ExitCode.VERIFICATION : ExitCode.OUTPUT;
    }
    return tell(service, client.outputs(id));
  }

  private int tell(URI service, JsonNode outputs) {
    PrintWriter out = console.out();
    for (JsonNode track : outputs.path("report").path("tracks")) {
      out.println(
          "  %-22s %-16s KID %s"
              .formatted(
                  track.path("name").asText(),
                  track.path("codecs").asText(),
                  track.path("keyId").asText("none, clear")));
    }
    JsonNode proof = outputs.path("report").path("verification");
    out.println(
        "Verified (%s): %d fragments, %d samples decrypted, %d of them compared and equal to the source"
            .formatted(
                proof.path("level").asText(),
                proof.path("fragments").asLong(),
                proof.path("samplesDecrypted").asLong(),
                proof.path("samplesEqualToSource").asLong()));
    out.println("DASH:   " + service + outputs.path("dash").asText());
    out.println("HLS:    " + service + outputs.path("hls").asText());
    out.println("Player: " + service + outputs.path("player").asText());
    return proof.path("passed").asBoolean() ? ExitCode.OK : ExitCode.VERIFICATION;
  }

  private static String job(List<Path> ladder) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("inputs", ladder.stream().map(path -> Map.of("url", path.toUri().toString())).toList());
    job.put(
        "protection",
        Map.of(
            "systems", List.of("widevine", "playready", "fairplay", "clearkey"),
            "scheme", "cbcs",
            "keys", "preset1",
            "contentId", "keymux-demo"));
    job.put(
        "packaging", Map.of("formats", List.of("hls", "dash"), "segment", Map.of("duration", 2)));
    job.put("verify", "full");
    return Json.line(job);
  }
}

package io.keymux.api.canary;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.cli.Cli;
import io.keymux.api.cli.Console;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands with {@code --debug}: neither what they print nor a stack trace holds a secret. */
class CanaryCommandLineTest {
  private static CanaryService service;

  @TempDir static Path folder;
  private int runs;

  @BeforeAll
  static void start() {
    service = new CanaryService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String run(int expected, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> environment = new HashMap<>(service.secrets.environment());
    environment.put("KEYMUX_DATA", folder.resolve("data").toString());
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new ByteArrayInputStream(new byte[0]),
            environment,
            0);
    int code = Cli.run(console, args);
    service.evidence.add("output of " + args[0], out.toString());
    service.evidence.add("errors of " + args[0], err.toString());
    assertThat(code).as(out + "\n" + err).isEqualTo(expected);
    return err.toString();
  }

  private String[] packaging(String... keys) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "package",
                CanaryService.LADDER.resolve("video-360p.mp4").toString(),
                CanaryService.LADDER.resolve("audio-stereo.mp4").toString(),
                "-o",
                folder.resolve("out" + runs++).toString(),
                "--drm",
                "widevine",
                "--content-id",
                "canary",
                "--preset",
                "per-type",
                "--debug"));
    args.addAll(List.of(keys));
    return args.toArray(String[]::new);
  }

  private static String[] test(String... keys) {
    return Stream.concat(
            Stream.of(
                "keys",
                "test",
                "--drm",
                "widevine",
                "--preset",
                "per-type",
                "--content-id",
                "canary",
                "--debug"),
            Stream.of(keys))
        .toArray(String[]::new);
  }

  private static String[] profile(String name) {
    return new String[] {"--config", service.config.toString(), "--key-server-profile", name};
  }

  @ParameterizedTest
  @ValueSource(strings = {"process", "path", "oauth", "header", "widevine", "skm"})
  void commands_anyKeyServer_succeedInSilence(String keyServer) throws IOException {
    run(0, packaging(profile(keyServer)));
    run(0, test(profile(keyServer)));
    service.evidence.addFiles(folder, file -> !file.endsWith("seed"));
    service.assertNothingLeaked();
  }

  @TestFactory
  Stream<DynamicTest> commands_faultyKeyServer_failInSilence() {
    return Faults.all(service.secrets).stream()
        .filter(fault -> !List.of("speke", "get").contains(fault.keyServer()))
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    fault.name(),
                    () -> {
                      service.keyServers.fails(Faults.answers(fault));
                      String testing = run(4, test(profile(fault.keyServer())));
                      String packaging = run(4, packaging(profile(fault.keyServer())));
                      service.keyServers.fails(Map.of());
                      assertThat(testing + packaging).contains("error[" + fault.code() + "]");
                      assertThat(packaging).contains("\tat io.keymux");
                      service.assertNothingLeaked();
                    }));
  }

  @ParameterizedTest
  @CsvSource({
    "speke,speke-v2,4,key-server-unauthorized",
    "get?token=,cpix-get,4,key-server-unauthorized",
    "process?ticket=,drmtoday,3,key-ticket-expired",
    "process?ticket=,drmtoday-generate,3,key-ticket-expired",
    "{x}?ticket=,cpix-get,3,invalid-key-server-profile",
    "[?ticket=,speke-v2,2,usage",
  })
  void commands_refusedUrl_failInSilence(String path, String type, int exit, String code) {
    service.keyServers.fails(
        Map.of(
            "/",
            request ->
                aResponse().withStatus(401).withBody(request.getUrl() + service.secrets.login)));
    String url =
        (path.equals("speke") ? service.keyServers.urlWithUser() : service.keyServers.url())
            + "/"
            + path
            + (path.equals("speke") ? "" : service.secrets.ticket);
    String[] keys = {"--key-server", url, "--key-server-type", type};
    String said = run(exit, test(keys)) + run(exit, packaging(keys));
    service.keyServers.fails(Map.of());

    assertThat(said).contains("error[" + code + "]");
    service.assertNothingLeaked();
  }

  /** Whoever writes the secret itself into the file has it refused, and not printed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "keyServers: {x: {profile: generic, url: 'http://127.0.0.1/', auth: {type: bearer, token: SECRET}}}",
        "keyServers: {x: {profile: generic, url: 'http://127.0.0.1/', auth: {type: bearer, token: SECRET",
        "keyServers: {x: SECRET}",
        "keyServers: SECRET",
        "keyServers: {x: {profile: generic, url: 'SECRET'}}",
        "keyServers:\n  x: {profile: generic}\n  token: SECRET: 1",
        "keyServers: {x: {profile: generic, url: 'http://127.0.0.1/', auth: \"SECRET}}",
        "secrets: [SECRET]\nkeyServers: {x: {profile: generic}}",
        "port: SECRET",
      })
  void commands_secretInTheConfiguration_isRefusedInSilence(String text) throws IOException {
    Path config = folder.resolve("misplaced.yaml");
    Files.writeString(config, text.replace("SECRET", service.secrets.misplaced));
    String[] keys = {"--config", config.toString(), "--key-server-profile", "x"};

    assertThat(run(3, test(keys)) + run(3, packaging(keys))).contains("error[");
    service.assertNothingLeaked();
  }
}

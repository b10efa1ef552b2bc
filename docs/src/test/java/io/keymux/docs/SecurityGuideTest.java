package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.access.ApiKey;
import io.keymux.api.access.RateLimits;
import io.keymux.api.access.Scope;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.SecuritySettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of security.md. */
class SecurityGuideTest {
  private static final Guide GUIDE = Guide.of("security.md");

  private @TempDir Path folder;

  @Test
  void configuration_ofTheGuide_isUsable() throws IOException {
    Path file = Files.writeString(folder.resolve("keymux.yaml"), GUIDE.block("yaml"));
    ApiKey key = ConfigFile.read(file).securitySettings(Map.of()).apiKeys().get(0);
    assertThat(key.scopes()).containsExactlyInAnyOrder(Scope.JOBS_READ, Scope.JOBS_WRITE);
    assertThat(key.expiresAt()).isNotNull();
  }

  @Test
  void certificates_ofTheGuide_areUsable() throws IOException {
    Path file = Files.writeString(folder.resolve("keymux.yaml"), GUIDE.block("yaml", "tls:"));
    SecuritySettings settings = ConfigFile.read(file).securitySettings(Map.of());
    assertThat(settings.tls()).isNotNull();
    assertThat(settings.clients()).hasSize(1);
  }

  @Test
  void keyEncryptionKeys_ofTheGuide_areUsable() throws IOException {
    Files.writeString(folder.resolve("kek-2027"), "0f".repeat(32) + "\n");
    Files.writeString(folder.resolve("vault-token"), "hvs.example");
    String here = GUIDE.block("yaml", "encryption:").replace("/run/secrets", folder.toString());
    Path file = Files.writeString(folder.resolve("keymux.yaml"), here);
    assertThat(ConfigFile.read(file).securitySettings(Map.of()).keyEncryptionKeys()).hasSize(3);
  }

  @Test
  void tokens_ofTheGuide_areUsable() throws IOException {
    Path file = Files.writeString(folder.resolve("keymux.yaml"), GUIDE.block("yaml", "tokens:"));
    assertThat(ConfigFile.read(file).securitySettings(Map.of()).tokenIssuers()).hasSize(1);
  }

  @Test
  void rateLimits_ofTheGuide_areUsable() throws IOException {
    Path file =
        Files.writeString(folder.resolve("keymux.yaml"), GUIDE.block("yaml", "rateLimits:"));
    RateLimits limits = ConfigFile.read(file).securitySettings(Map.of()).rateLimits();
    assertThat(limits)
        .isEqualTo(new RateLimits(new RateLimits.Rate(50, 500), RateLimits.DEFAULT.refusals()));
  }

  @Test
  void auditKey_ofTheGuide_isUsable() throws IOException {
    Files.writeString(folder.resolve("audit-key"), "0f".repeat(32) + "\n");
    String here = GUIDE.block("yaml", "audit:").replace("/run/secrets", folder.toString());
    Path file = Files.writeString(folder.resolve("keymux.yaml"), here);
    assertThat(ConfigFile.read(file).securitySettings(Map.of()).auditKey()).isNotNull();
  }

  @Test
  void scopes_ofTheGuide_areAll() throws IOException {
    String text = Files.readString(GUIDE.page());
    assertThat(Arrays.stream(Scope.values()).map(scope -> "`" + scope.id() + "`"))
        .allSatisfy(scope -> assertThat(text).contains(scope));
  }

  /** The key opens a service that has what the command printed, on an address of the network. */
  @Test
  void command_ofTheGuide_makesAKeyThatOpens() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Map<String, String> environment =
        Map.of(
            "KEYMUX",
            java + " -cp " + System.getProperty("java.class.path") + " io.keymux.api.Main",
            "KEYMUX_DATA",
            folder.resolve("data").toString());
    String said = GUIDE.run(folder, environment);
    Path file = Files.writeString(folder.resolve("keymux.yaml"), said);
    SecuritySettings security = ConfigFile.read(file).securitySettings(Map.of());
    Matcher key = Pattern.compile("kmx_\\S+").matcher(said);
    assertThat(key.find()).isTrue();
    ServiceSettings settings =
        new ServiceSettings("0.0.0.0", 0, List.of(folder), QueueSettings.DEFAULT).with(security);
    try (ApiServer server =
        KeymuxService.start(settings, DataDirectory.open(folder.resolve("data")))) {
      assertThat(status(server, "Bearer " + key.group())).isEqualTo(200);
      assertThat(status(server, "Bearer " + key.group() + "x")).isEqualTo(401);
    }
    assertThat(Guide.run(GUIDE.block("sh", "audit verify"), folder, environment))
        .contains("1 lines, all as they were written");
  }

  private static int status(ApiServer server, String credential)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.uri().getPort() + "/v1/jobs"))
            .header("Authorization", credential)
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

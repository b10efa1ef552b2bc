package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of jobs.md. */
class JobsGuideTest {
  private static final Guide GUIDE = Guide.of("jobs.md");

  private @TempDir Path folder;

  @Test
  void configuration_ofTheGuide_isThatOfTheDefaults() throws IOException {
    Path file = folder.resolve("keymux.yaml");
    Files.writeString(file, GUIDE.block("yaml"));
    ConfigFile config = ConfigFile.read(file);
    QueueSettings queue = config.queueSettings(2);
    QueueSettings usual = QueueSettings.DEFAULT;
    assertThat(queue.limits("default")).isEqualTo(usual.limits("default"));
    assertThat(queue.tries()).isEqualTo(usual.tries());
    assertThat(queue.retryDelay()).isEqualTo(usual.retryDelay());
    assertThat(queue.heartbeat()).isEqualTo(usual.heartbeat());
    assertThat(queue.drain()).isEqualTo(usual.drain());
    assertThat(queue.retention()).isEqualTo(usual.retention());
    assertThat(config.playersUrl()).isEqualTo(URI.create("https://drm.example.com"));
    var database =
        Objects.requireNonNull(config.databaseSettings(Map.of("KEYMUX_DB_PASSWORD", "any")));
    assertThat(database.connections()).isEqualTo(16);
    assertThat(database.toString()).doesNotContain("any");
  }

  @Test
  void commands_ofTheGuide_work() throws Exception {
    Path film = folder.resolve("film.mp4");
    Files.copy(Guide.ROOT.resolve("test-vectors/vectors/sample-ladder/video-360p.mp4"), film);
    try (ApiServer server =
        KeymuxService.start(
            new ServiceSettings("127.0.0.1", 0, List.of(folder), QueueSettings.DEFAULT),
            DataDirectory.open(folder.resolve("data")))) {
      String said =
          GUIDE.run(
              folder, Map.of("KEYMUX", server.uri().toString(), "FILM", film.toUri().toString()));
      assertThat(said).contains("\"state\":\"queued\"").contains("\"priority\":10");
    }
  }
}

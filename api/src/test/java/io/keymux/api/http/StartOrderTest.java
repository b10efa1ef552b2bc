package io.keymux.api.http;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.ServiceSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Between listening and being complete the service takes nothing on. */
class StartOrderTest {
  private static final String JOB = "{\"input\":" + TestService.input("audio-stereo.mp4") + "}";

  @RegisterExtension
  static final WireMockExtension SQS =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Runs in the thread that starts the service, as soon as the server says that it listens. */
  private static final class Hook extends AppenderBase<ILoggingEvent> {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.javalin.Javalin");
    private final Level level = logger.getLevel();
    private final Runnable listening;

    Hook(Runnable listening) {
      this.listening = listening;
      setContext(logger.getLoggerContext());
      start();
      logger.setLevel(Level.INFO);
      logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getFormattedMessage().startsWith("Listening on")) {
        listening.run();
      }
    }

    void remove() {
      logger.detachAppender(this);
      logger.setLevel(level);
    }
  }

  @Test
  void requests_rightAfterListening_waitForTheWholeService() throws Exception {
    int port = freePort();
    List<String> early = new ArrayList<>();
    Hook hook =
        new Hook(
            () -> {
              for (String path : List.of("/healthz", "/readyz", "/v1/plan", "/v1/jobs")) {
                early.add(path + " " + ask(port, path).statusCode());
              }
              early.add("messages " + asked());
            });
    try (ApiServer server = KeymuxService.start(settings(port), data())) {
      assertThat(server.uri().getPort()).isEqualTo(port);
      assertThat(early)
          .containsExactly(
              "/healthz 200", "/readyz 503", "/v1/plan 503", "/v1/jobs 503", "messages 0");
      assertThat(ask(port, "/readyz").statusCode()).isEqualTo(200);
      assertThat(ask(port, "/v1/plan").statusCode()).isEqualTo(200);
      assertThat(ask(port, "/v1/jobs").statusCode()).isEqualTo(202);
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (asked() == 0 && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
      assertThat(asked()).as("the queue is read once the service is complete").isPositive();
    } finally {
      hook.remove();
    }
  }

  private static int asked() {
    return SQS.findAll(anyRequestedFor(anyUrl())).size();
  }

  private HttpResponse<String> ask(int port, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20));
    if (path.startsWith("/v1/")) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(JOB));
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private DataDirectory data() {
    return DataDirectory.open(folder.resolve("data"));
  }

  private ServiceSettings settings(int port) throws IOException {
    Path config = folder.resolve("keymux.yaml");
    Files.writeString(
        config,
        """
        mps:
          credentials:
            - {secretId: id, secretKey: "${env:KEY}", tenant: acme}
          buckets:
            - {bucket: in-1250000000, url: "%s"}
          sqsEndpoint: %s
          bucketEvents:
            - queue: uploads
              region: eu-west-3
              accessKeyId: AKIA1
              secretAccessKey: "${env:KEY}"
              tenant: acme
              processMedia: {OutputDir: /out/}
        """
            .formatted(folder.toUri(), SQS.baseUrl()));
    return new ServiceSettings(
            "127.0.0.1", port, List.of(TestService.LADDER, folder), QueueSettings.DEFAULT)
        .with(ConfigFile.read(config).mpsSettings(Map.of("KEY", "secret")));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

package io.keymux.api.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.HttpInputs;
import io.keymux.api.config.NameGlob;
import io.keymux.api.config.Roots;
import io.keymux.api.config.StorageSettings;
import io.keymux.keyserver.http.AddressPolicy;
import io.keymux.keyserver.http.HttpLimits;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.MediaSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A web server that sends a byte now and then holds nothing for long, and nobody else. */
@Timeout(60)
class SlowServerTest {
  private static final HttpLimits SHORT =
      HttpLimits.DEFAULT.withTimeouts(
          Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(600));

  private ServerSocket slow;
  private RangeServer quick;

  @BeforeEach
  void start() throws IOException {
    slow = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    daemon(this::listen);
    quick = new RangeServer();
    quick.files.put("/a.mp4", new byte[1000]);
  }

  @AfterEach
  void stop() throws IOException {
    slow.close();
    quick.close();
  }

  @Test
  void size_ofASlowServer_endsInTime() {
    try (HttpConnections connections = connections()) {
      long start = System.nanoTime();
      assertThat(Reads.code(file(connections, "/drips-head")::size))
          .isEqualTo("storage-unavailable");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void read_withALimitForAll_endsInTime() {
    try (HttpConnections connections = connections();
        RemoteReads reads = new RemoteReads(8 << 20);
        MediaSource source = reads.open(file(connections, "/drips-body"), Duration.ofMillis(800))) {
      long start = System.nanoTime();
      assertThat(Reads.code(() -> Reads.bytes(source, 0, 100_000)))
          .isEqualTo("storage-unavailable");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  /** Hosts without number: what a playlist names counts as its server's. */
  @Test
  void read_whileAnotherServerHoldsItsThreads_isNotHeldUp() {
    try (Storages storage =
        Storages.of(
            Roots.of(List.of()),
            new StorageSettings(
                new HttpInputs(AddressPolicy.PUBLIC_OR_LOOPBACK, List.of(NameGlob.of("*"))),
                List.of(),
                null),
            host -> List.of(InetAddress.getLoopbackAddress()))) {
      String playlist = slow() + "/all.m3u8";
      for (int i = 0; i < 300; i++) {
        URI segment = URI.create("http://host-" + i + ".example:" + slow.getLocalPort());
        storage.named(playlist, segment.resolve("/drips-head?" + i), null);
        storage.named(playlist, URI.create("/drips-head?" + i), null);
      }
      long start = System.nanoTime();
      InputFile file = storage.input("http://127.0.0.1:" + quick.port() + "/a.mp4", null);
      try (MediaSource source = file.open()) {
        assertThat(Reads.bytes(source, 0, 1000)).hasSize(1000);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private HttpFile file(HttpConnections connections, String path) {
    URI uri = URI.create(slow() + path);
    return new HttpFile(uri, path, slow(), connections, host -> true);
  }

  private static HttpConnections connections() {
    return new HttpConnections(HttpSettings.DEFAULT.withLimits(SHORT));
  }

  private String slow() {
    return "http://127.0.0.1:" + slow.getLocalPort();
  }

  private void listen() {
    while (!slow.isClosed()) {
      try {
        Socket socket = slow.accept();
        daemon(() -> talk(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void talk(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      String head = "";
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head += line + "\n";
      }
      OutputStream out = socket.getOutputStream();
      boolean probe = head.contains("bytes=0-0");
      if (head.contains("/drips-body")) {
        int length = probe ? 1 : 100_000;
        out.write(
            """
            HTTP/1.1 206 Partial Content\r
            ETag: "one"\r
            Content-Length: %d\r
            Content-Range: bytes 0-%d/100000\r
            \r
            """
                .formatted(length, length - 1)
                .getBytes(ISO_8859_1));
      }
      for (int i = 0; i < 600; i++) {
        out.write('H');
        out.flush();
        Thread.sleep(100);
      }
    } catch (IOException e) {
      // The client has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "slow-server");
    thread.setDaemon(true);
    thread.start();
  }
}

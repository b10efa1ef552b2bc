package io.keymux.api.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.access.ApiKeyToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Row 21 of the threat table: clients without a credential, against a service of 128 MiB. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class AttackIT {
  private static final int SLOW_SOCKETS = 500;
  private static final int LARGE_BODIES = 20;
  private static final int REQUESTS = Rounds.of(10_000, 100_000);
  private static final long MOST_RESIDENT_BYTES = 400L << 20;

  /** Of all; as it is while tests of other processes use the same processors. */
  private static final long MOST_MILLIS = Rounds.of(2000, 200);

  @TempDir Path folder;
  private final List<Long> waits = Collections.synchronizedList(new ArrayList<>());

  @Test
  void row21_attack_leavesTheServiceAnswering() throws Exception {
    ApiKeyToken key = ApiKeyToken.generate(new SecureRandom());
    Path config =
        Files.writeString(
            folder.resolve("keymux.yaml"),
            "security: {apiKeys: [{id: %s, scopes: ['jobs:read'], hash: %s}]}\n"
                .formatted(key.id(), key.hash()));
    ExecutorService threads = Executors.newCachedThreadPool();
    try (WorkerProcess service =
        WorkerProcess.start(
            folder.resolve("log"),
            List.of("env", "_JAVA_OPTIONS=-Xmx128m"),
            config,
            folder.resolve("data"))) {
      URI uri = service.uri();
      for (int i = 0; i < 200; i++) {
        health(uri);
      }
      waits.clear();
      AtomicBoolean over = new AtomicBoolean();
      Future<?> watch = threads.submit(() -> watch(uri, over));
      Future<?> drips = threads.submit(() -> drip(uri, over));
      byte[] bomb = bomb();
      for (int i = 0; i < LARGE_BODIES; i++) {
        assertThat(large(uri, "Content-Length: 1073741824")).startsWith("HTTP/1.1 4");
        assertThat(large(uri, "Transfer-Encoding: chunked")).startsWith("HTTP/1.1 4");
        assertThat(bomb(uri, bomb)).startsWith("HTTP/1.1 401");
      }
      List<Future<?>> floods = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        floods.add(threads.submit(() -> flood(uri, REQUESTS / 4)));
      }
      for (Future<?> flood : floods) {
        flood.get();
      }
      over.set(true);
      watch.get();
      drips.get();

      List<Long> sorted = waits.stream().sorted().toList();
      long worst = sorted.get(sorted.size() - 1) / 1_000_000;
      long resident = resident(service);
      System.out.printf(
          "%d requests refused; /healthz asked %d times: median %d ms, p99 %d ms, worst %d ms;"
              + " resident %d MiB%n",
          REQUESTS,
          sorted.size(),
          sorted.get(sorted.size() / 2) / 1_000_000,
          sorted.get(sorted.size() * 99 / 100) / 1_000_000,
          worst,
          resident >> 20);
      assertThat(worst).isLessThan(MOST_MILLIS);
      assertThat(resident).isLessThan(MOST_RESIDENT_BYTES);
      assertThat(service.isAlive()).isTrue();
    } finally {
      threads.shutdownNow();
    }
  }

  private Void watch(URI uri, AtomicBoolean over) throws Exception {
    while (!over.get()) {
      health(uri);
      Thread.sleep(20);
    }
    return null;
  }

  /** Over a connection of its own each time, as a load balancer may ask. */
  private void health(URI uri) throws IOException {
    long start = System.nanoTime();
    try (Socket socket = connect(uri)) {
      send(socket, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(line(socket)).startsWith("HTTP/1.1 200");
    }
    waits.add(System.nanoTime() - start);
  }

  /** Half of them with headers, half with bodies, a byte a second each. */
  private static Void drip(URI uri, AtomicBoolean over) throws Exception {
    List<Socket> sockets = new ArrayList<>();
    while (!over.get()) {
      while (sockets.size() < SLOW_SOCKETS) {
        Socket socket = connect(uri);
        send(socket, "POST /v1/jobs HTTP/1.1\r\nHost: x\r\n");
        if (sockets.size() % 2 == 0) {
          send(socket, "Content-Length: 1000000\r\n\r\n");
        }
        sockets.add(socket);
      }
      List<Socket> closed = new ArrayList<>();
      for (Socket socket : sockets) {
        try {
          send(socket, "x");
        } catch (IOException e) {
          closed.add(socket);
          socket.close();
        }
      }
      sockets.removeAll(closed);
      Thread.sleep(1000);
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    return null;
  }

  /** Sends until it is refused. */
  private static String large(URI uri, String length) throws IOException {
    try (Socket socket = connect(uri)) {
      send(
          socket,
          "POST /v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + length
              + "\r\n\r\n");
      String part = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      try {
        for (int i = 0; i < 1 << 14 && socket.getInputStream().available() == 0; i++) {
          send(socket, part);
        }
      } catch (IOException e) {
        // It hung up, with an answer or, if that was lost, without one.
        return "HTTP/1.1 4";
      }
      return line(socket);
    }
  }

  /** 512 MiB of zeros in half a MiB. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 512; i++) {
        out.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  private static String bomb(URI uri, byte[] bytes) throws IOException {
    try (Socket socket = connect(uri)) {
      send(
          socket,
          "POST /v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Content-Encoding: gzip\r\nContent-Length: "
              + bytes.length
              + "\r\n\r\n");
      socket.getOutputStream().write(bytes);
      return line(socket);
    }
  }

  private static Void flood(URI uri, int count) throws IOException {
    try (Socket socket = connect(uri)) {
      InputStream in = socket.getInputStream();
      for (int i = 0; i < count; i++) {
        send(socket, "GET /v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer kmx_x\r\n\r\n");
        String head = head(in);
        assertThat(head).matches("(?s)HTTP/1.1 (401|429) .*");
        var length = Pattern.compile("(?i)Content-Length: (\\d+)").matcher(head);
        assertThat(length.find()).isTrue();
        in.skipNBytes(Integer.parseInt(length.group(1)));
      }
    }
    return null;
  }

  private static long resident(WorkerProcess service) throws IOException {
    return Files.readString(Path.of("/proc/" + service.pid() + "/status"))
            .lines()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        * 1024;
  }

  private static Socket connect(URI uri) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private static String line(Socket socket) throws IOException {
    return head(socket.getInputStream());
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int last = 0;
    while (last < 4) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
      last = next == '\r' || next == '\n' ? last + 1 : 0;
    }
    return head.toString();
  }
}

package io.keymux.api.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 21 of the threat table, with limits that a test can wait for. */
@Timeout(60)
class WireTest {
  private static final int MOST_BYTES = 1000;

  /** Fewer than there are slow clients: each of them would hold one that waits for it. */
  private static final int THREADS = 8;

  private static final int SLOW = 40;

  private final List<Socket> sockets = new ArrayList<>();
  private Server server;

  /** Answers with how many bytes it was given, read to the end. */
  private static final class Counting extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      long bytes = 0;
      try (InputStream in = Content.Source.asInputStream(request)) {
        bytes = in.readNBytes(MOST_BYTES + 1).length;
      }
      byte[] answer = Long.toString(bytes).getBytes(ISO_8859_1);
      response.write(true, ByteBuffer.wrap(answer), callback);
      return true;
    }
  }

  @BeforeEach
  void start() throws Exception {
    Wire wire =
        new Wire(
            new WireLimits(200, Duration.ofSeconds(2), Duration.ofSeconds(2), MOST_BYTES, 3000),
            null);
    server = new Server(new QueuedThreadPool(THREADS));
    server.addConnector(wire.connector(server, new HttpConfiguration(), "127.0.0.1", 0));
    Handler.Singleton first = (Handler.Singleton) wire.handler();
    first.setHandler(new Counting());
    server.setHandler((Handler) first);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.stop();
  }

  @Test
  void body_ofEachKind_arrivesWhole() throws IOException {
    assertThat(ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).endsWith("0");
    assertThat(ask(head("Content-Length: 5") + "12345")).endsWith("5");
    assertThat(ask(head("Transfer-Encoding: chunked") + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))
        .endsWith("5");
    assertThat(ask(head("Content-Length: 1000") + "x".repeat(1000))).endsWith("1000");
  }

  @Test
  void body_tooLarge_isGivenToTheHandlerThatRefusesIt() throws IOException {
    assertThat(ask(head("Content-Length: 1001") + "x".repeat(1001))).endsWith("1001");
    assertThat(
            ask(
                head("Transfer-Encoding: chunked")
                    + ("64\r\n" + "x".repeat(100) + "\r\n").repeat(20)))
        .endsWith("1001");
  }

  @Test
  void requests_overOneConnection_areAnsweredInTurn() throws IOException {
    Socket socket = connect();
    for (int i = 0; i < 3; i++) {
      send(socket, head("Content-Length: 3") + "abc");
      assertThat(answer(socket)).endsWith("3");
    }
  }

  @Test
  void body_comesTooSlowly_holdsNoThreadAndIsGivenUp() throws Exception {
    for (int i = 0; i < SLOW; i++) {
      send(connect(), head("Content-Length: 100") + "x");
    }
    assertThat(ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).endsWith("0");
    for (Socket socket : sockets.subList(0, SLOW)) {
      assertThat(answer(socket)).startsWith("HTTP/1.1 408");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void head_comesTooSlowly_closesTheConnection() throws Exception {
    for (int i = 0; i < SLOW; i++) {
      send(connect(), "GET / HTTP/1.1\r\nHost: x\r\nX-A: ");
    }
    long start = System.nanoTime();
    List<Socket> left = new ArrayList<>(sockets);
    while (!left.isEmpty()) {
      left.removeIf(socket -> !drips(socket));
      assertThat(ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).endsWith("0");
      Thread.sleep(100);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void connection_idleBetweenRequests_isNoSlowHead() throws Exception {
    Socket socket = connect();
    for (int i = 0; i < 2; i++) {
      send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(answer(socket)).endsWith("0");
      Thread.sleep(4000);
    }
  }

  @Test
  void bodies_moreThanThereIsRoomFor_areRefused() throws Exception {
    for (int i = 0; i < 3; i++) {
      send(connect(), head("Content-Length: 1000") + "x".repeat(990));
    }
    Thread.sleep(300);
    assertThat(ask(head("Content-Length: 900") + "x".repeat(900))).startsWith("HTTP/1.1 503");
    for (Socket socket : sockets.subList(0, 3)) {
      send(socket, "x".repeat(10));
      assertThat(answer(socket)).endsWith("1000");
    }
    assertThat(ask(head("Content-Length: 900") + "x".repeat(900))).endsWith("900");
  }

  private static boolean drips(Socket socket) {
    try {
      send(socket, "x");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String head(String header) {
    return "POST / HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n";
  }

  private String ask(String request) throws IOException {
    Socket socket = connect();
    send(socket, request);
    String answer = answer(socket);
    sockets.remove(socket);
    socket.close();
    return answer;
  }

  private Socket connect() throws IOException {
    Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    socket.setSoTimeout(10_000);
    sockets.add(socket);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  /** One answer whose length is given. */
  private static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    var length = Pattern.compile("(?i)Content-Length: (\\d+)").matcher(head);
    int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return head + new String(in.readNBytes(size), ISO_8859_1);
  }
}

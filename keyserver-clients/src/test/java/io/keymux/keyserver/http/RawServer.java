package io.keymux.keyserver.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A server that says what a script says, byte for byte, to whoever connects. */
public final class RawServer implements AutoCloseable {

  /** What happens on one connection after the request's head was read. */
  public interface Script {
    void run(Socket socket, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final HeadScript script;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final Thread thread = new Thread(this::serve, "raw-server");

  /** A script that looks at the request. */
  public interface HeadScript {
    void run(Socket socket, OutputStream out, String head) throws IOException, InterruptedException;
  }

  public RawServer(Script script) throws IOException {
    this((socket, out, head) -> script.run(socket, out));
  }

  public RawServer(HeadScript script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread.setDaemon(true);
    thread.start();
  }

  /** One that answers with this text. */
  public static RawServer of(String answer) throws IOException {
    return new RawServer((socket, out) -> out.write(answer.getBytes(ISO_8859_1)));
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The heads of the requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread connection = new Thread(() -> talk(socket), "raw-connection");
        connection.setDaemon(true);
        connection.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      String head = head(socket.getInputStream());
      requests.add(head);
      OutputStream out = socket.getOutputStream();
      script.run(socket, out, head);
      out.flush();
    } catch (IOException e) {
      // The client has gone, which is what most scripts are about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}

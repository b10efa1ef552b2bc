package io.keymux.api.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passes HTTP on to another server of this machine, byte for byte, and breaks what a test wants
 * broken. It serves one request a connection where it breaks, else as many as come.
 */
public final class FaultyServer implements AutoCloseable {
  private static final Pattern LINE = Pattern.compile("^([A-Z]+) (\\S+) HTTP/1.1$");

  private final ServerSocket listener;
  private final int target;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile Function<String, @Nullable Fault> faults = line -> null;

  /** What goes wrong with one request. */
  public enum Fault {
    /** HTTP 500. */
    ERROR,
    /** HTTP 503 with SlowDown. */
    SLOW_DOWN,
    /** HTTP 403. */
    DENIED,
    /** HTTP 409 with ConditionalRequestConflict. */
    CONFLICT,
    /** HTTP 404 with NoSuchUpload. */
    GONE,
    /** The connection ends before an answer. */
    RESET,
    /** The connection ends 1000 bytes into the answer. */
    CUT,
    /** The request is done, but its answer does not come. */
    SWALLOW
  }

  public FaultyServer(int target) {
    this(0, target);
  }

  /**
   * @param port of its own, or 0 for any
   */
  public FaultyServer(int port, int target) {
    this.target = target;
    try {
      listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    start(this::listen);
  }

  public String uri() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /**
   * @param by gets the request's first line
   */
  public void breakBy(Function<String, @Nullable Fault> by) {
    faults = by;
    requests.clear();
  }

  /** Breaks the first requests whose line has a text. */
  void breakFirst(int count, String text, Fault fault) {
    AtomicInteger left = new AtomicInteger(count);
    breakBy(line -> line.contains(text) && left.getAndDecrement() > 0 ? fault : null);
  }

  public void mend() {
    breakBy(line -> null);
  }

  /** First lines of all requests since faults were last set. */
  public List<String> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      InputStream in = client.getInputStream();
      AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
      start(() -> back(server, client, left));
      byte[] head = head(in);
      while (head.length > 0) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        String line = text.substring(0, text.indexOf("\r\n"));
        requests.add(line);
        Fault fault = LINE.matcher(line).matches() ? faults.apply(line) : null;
        if (fault != null && fault != Fault.CUT && fault != Fault.SWALLOW) {
          answer(client, fault);
          return;
        }
        if (fault != null) {
          left.set(fault == Fault.CUT ? 1000 : 0);
        }
        server.getOutputStream().write(head);
        body(in, server.getOutputStream(), text);
        server.getOutputStream().flush();
        head = head(in);
      }
    } catch (IOException e) {
      // One side went away.
    }
  }

  private static void answer(Socket client, Fault fault) throws IOException {
    String status =
        switch (fault) {
          case ERROR -> "500 Internal Server Error";
          case SLOW_DOWN -> "503 Slow Down";
          case DENIED -> "403 Forbidden";
          case CONFLICT -> "409 Conflict";
          case GONE -> "404 Not Found";
          case RESET, CUT, SWALLOW -> "";
        };
    if (status.isEmpty()) {
      client.setSoLinger(true, 0);
      return;
    }
    String code =
        switch (fault) {
          case SLOW_DOWN -> "SlowDown";
          case DENIED -> "AccessDenied";
          case CONFLICT -> "ConditionalRequestConflict";
          case GONE -> "NoSuchUpload";
          default -> "InternalError";
        };
    String body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>";
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 "
                    + status
                    + "\r\nConnection: close\r\nContent-Type: application/xml\r\n"
                    + "Content-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.ISO_8859_1));
    client.shutdownOutput();
    client.getInputStream().skipNBytes(Math.min(client.getInputStream().available(), 1 << 20));
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int value = in.read();
      if (value < 0) {
        return new byte[0];
      }
      head.write(value);
      matched = value == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : value == '\r' ? 1 : 0;
    }
    return head.toByteArray();
  }

  private static void body(InputStream in, OutputStream out, String head) throws IOException {
    Matcher length = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)").matcher(head);
    long left = length.find() ? Long.parseLong(length.group(1)) : 0;
    byte[] piece = new byte[64 * 1024];
    while (left > 0) {
      int got = in.read(piece, 0, (int) Math.min(piece.length, left));
      if (got < 0) {
        throw new IOException("ended");
      }
      out.write(piece, 0, got);
      left -= got;
    }
  }

  private static void back(Socket server, Socket client, AtomicInteger left) {
    byte[] piece = new byte[64 * 1024];
    try (server;
        client) {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
        int pass = Math.min(got, left.get());
        out.write(piece, 0, pass);
        out.flush();
        if (left.get() != Integer.MAX_VALUE && left.addAndGet(-pass) <= 0) {
          return;
        }
      }
    } catch (IOException e) {
      // One side went away.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "faulty-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // It is of no further use.
    }
  }
}

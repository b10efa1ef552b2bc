package io.keymux.api.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A web server of files and redirects, with range requests as RFC 9110 has them. */
final class RangeServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  final Map<String, byte[]> files = new ConcurrentHashMap<>();
  final Map<String, String> redirects = new ConcurrentHashMap<>();
  final List<Map<String, List<String>>> headers = Collections.synchronizedList(new ArrayList<>());
  volatile boolean ranges = true;
  volatile @Nullable String etag = "\"one\"";
  private final HttpServer server;

  RangeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      headers.add(Map.copyOf(exchange.getRequestHeaders()));
      String path = exchange.getRequestURI().getPath();
      String redirect = redirects.get(path);
      byte[] file = files.get(path);
      if (redirect != null) {
        exchange.getResponseHeaders().set("Location", redirect);
        exchange.sendResponseHeaders(302, -1);
      } else if (file == null) {
        exchange.sendResponseHeaders(path.startsWith("/secret") ? 403 : 404, -1);
      } else {
        send(exchange, file);
      }
    }
  }

  private void send(HttpExchange exchange, byte[] file) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    String now = etag;
    if (now != null) {
      exchange.getResponseHeaders().set("ETag", now);
    }
    Matcher wanted = RANGE.matcher(range == null ? "" : range);
    boolean part = ranges && wanted.matches() && (ifRange == null || ifRange.equals(now));
    if (part && file.length == 0) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */0");
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    int from = part ? Integer.parseInt(wanted.group(1)) : 0;
    int to = part ? Math.min(file.length, Integer.parseInt(wanted.group(2)) + 1) : file.length;
    if (part) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + file.length);
    }
    exchange.sendResponseHeaders(part ? 206 : 200, to == from ? -1 : to - from);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(file, from, to - from);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

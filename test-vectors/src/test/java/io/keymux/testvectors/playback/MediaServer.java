package io.keymux.testvectors.playback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keymux.cpix.KeyId;
import io.keymux.testvectors.judge.KeyRing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves media with Range requests, the test page, the players, W3C ClearKey licences and keys on
 * loopback.
 */
final class MediaServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html",
          "js", "text/javascript",
          "mpd", "application/dash+xml",
          "m3u8", "application/vnd.apple.mpegurl",
          "mp4", "video/mp4",
          "m4s", "video/iso.segment");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final Map<String, Path> roots;
  private volatile KeyRing keys = KeyRing.empty();

  /**
   * @param roots folder or file by first path segment
   */
  MediaServer(Map<String, Path> roots) throws IOException {
    this.roots = Map.copyOf(roots);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/", this::file);
    server.createContext("/license", this::license);
    server.createContext("/keys/", this::key);
    server.start();
  }

  /** From now on players get these. */
  void keys(KeyRing ring) {
    keys = ring;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void file(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(1);
    @Nullable Path file = roots.get(path);
    int slash = path.indexOf('/');
    @Nullable Path folder = slash < 0 ? null : roots.get(path.substring(0, slash));
    if (file == null && folder != null) {
      file = folder.resolve(path.substring(slash + 1));
    }
    if (file == null || !Files.isRegularFile(file)) {
      send(exchange, 404, new byte[0]);
      return;
    }
    byte[] bytes = Files.readAllBytes(file);
    String name = file.getFileName().toString();
    exchange
        .getResponseHeaders()
        .set(
            "Content-Type",
            TYPES.getOrDefault(
                name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"));
    @Nullable String range = exchange.getRequestHeaders().getFirst("Range");
    Matcher matcher = RANGE.matcher(range == null ? "" : range);
    if (!matcher.matches()) {
      send(exchange, 200, bytes);
      return;
    }
    int from = Integer.parseInt(matcher.group(1));
    int to =
        matcher.group(2).isEmpty()
            ? bytes.length - 1
            : Math.min(bytes.length - 1, Integer.parseInt(matcher.group(2)));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, to, bytes.length));
    send(exchange, 206, Arrays.copyOfRange(bytes, from, to + 1));
  }

  /** The 16 raw bytes of a key, as HLS asks for them. */
  private void key(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Optional<String> key = keys.key(KeyId.parse(path.substring(path.lastIndexOf('/') + 1)));
    send(
        exchange,
        key.isPresent() ? 200 : 404,
        key.map(HexFormat.of()::parseHex).orElse(new byte[0]));
  }

  /** W3C EME, 9.1.3 License Request Format and 9.1.4 License Format. */
  private void license(HttpExchange exchange) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode request = json.readTree(exchange.getRequestBody().readAllBytes());
    ObjectNode license = json.createObjectNode();
    ArrayNode set = license.putArray("keys");
    for (JsonNode kid : request.path("kids")) {
      KeyId keyId = KeyId.ofBytes(Base64.getUrlDecoder().decode(kid.asText()));
      keys.key(keyId)
          .ifPresent(
              key ->
                  set.addObject()
                      .put("kty", "oct")
                      .put("kid", kid.asText())
                      .put("k", base64Url(HexFormat.of().parseHex(key))));
    }
    license.put("type", "temporary");
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, 200, json.writeValueAsBytes(license));
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}

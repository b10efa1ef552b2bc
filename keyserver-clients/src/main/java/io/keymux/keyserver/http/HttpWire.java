package io.keymux.keyserver.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;

/**
 * HTTP/1.1 on a connected socket. The library below parses and frames; it has no logger at all,
 * where those of others print URLs and bodies.
 */
final class HttpWire {
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(16 << 10).setMaxHeaderCount(100).build();

  private HttpWire() {}

  /**
   * Sends one request and reads its answer to the end.
   *
   * @param responseBytes largest body, as sent and inflated
   * @throws KeyExchangeException with code {@code key-response-too-large}, or {@code
   *     key-response-invalid} if it is not HTTP
   * @throws IOException if the connection breaks
   */
  static HttpAnswer exchange(KeyServerCall call, Socket socket, int responseBytes)
      throws IOException {
    byte[] body = call.body().reveal();
    DefaultBHttpClientConnection connection = connection();
    try {
      connection.bind(socket);
      ClassicHttpResponse response =
          new HttpRequestExecutor()
              .execute(request(call, body), connection, HttpCoreContext.create());
      return new HttpAnswer(
          response.getCode(), headers(response), body(call, response, responseBytes));
    } catch (MessageConstraintException e) {
      throw KeyExchangeException.invalidResponse(call.host(), "its head is too long");
    } catch (HttpException e) {
      // Its message quotes the line that it cannot parse.
      throw KeyExchangeException.invalidResponse(call.host(), "it is not HTTP/1.1");
    } finally {
      // At once: a polite close would read what is left, however much that is.
      connection.close(CloseMode.IMMEDIATE);
      Arrays.fill(body, (byte) 0);
    }
  }

  /** A connection with bounded heads, to be bound to a socket. */
  static DefaultBHttpClientConnection connection() {
    // The parser has to be told: it does not take the limits of its connection.
    return new DefaultBHttpClientConnection(
        LIMITS, null, null, null, null, null, new DefaultHttpResponseParserFactory(LIMITS));
  }

  /** Path and query, as they stand in the first line of a request. */
  static String target(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static ClassicHttpRequest request(KeyServerCall call, byte[] body) {
    URI uri = call.uri();
    ClassicHttpRequest request = new BasicClassicHttpRequest(call.method(), target(uri));
    request.setHeader("Host", KeyServerUrl.authority(uri));
    request.setHeader("User-Agent", "keymux");
    request.setHeader("Connection", "close");
    call.headers().forEach(request::setHeader);
    if (body.length > 0 || call.method().equals("POST")) {
      request.setHeader("Content-Length", Integer.toString(body.length));
      request.setEntity(new ByteArrayEntity(body, null));
    }
    return request;
  }

  private static Map<String, List<String>> headers(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue() == null ? "" : header.getValue());
    }
    return headers;
  }

  private static byte[] body(KeyServerCall call, ClassicHttpResponse response, int limit)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    CappedStream sent = new CappedStream(entity.getContent(), limit, call.host());
    String encoding = entity.getContentEncoding();
    InputStream content =
        switch (encoding == null ? "identity" : encoding.toLowerCase(Locale.ROOT)) {
          case "gzip", "x-gzip" -> new GZIPInputStream(sent);
          case "deflate" -> new InflaterInputStream(sent);
          case "identity", "none" -> sent;
          default ->
              throw KeyExchangeException.invalidResponse(
                  call.host(), "its Content-Encoding is neither gzip nor deflate");
        };
    try (InputStream closed = content;
        WipedOutput out = new WipedOutput()) {
      new CappedStream(closed, limit, call.host()).transferTo(out);
      return out.toByteArray();
    }
  }

  /** Overwrites what it collected; the buffers that it outgrew are out of reach. */
  private static final class WipedOutput extends ByteArrayOutputStream {
    WipedOutput() {
      super(16 << 10);
    }

    @Override
    public void close() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}

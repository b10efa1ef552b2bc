package io.keymux.api.access.proof;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a proof can be about: one HTTP request. */
public final class AccessRequest {
  /** Jakarta Servlet 6.0, 3.10 SSL Attributes. */
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final String method;
  private final String path;
  private final String query;
  private final Function<String, List<String>> headers;
  private final Supplier<byte[]> source;
  private final @Nullable X509Certificate certificate;
  private byte @Nullable [] body;

  /**
   * @param path as it was sent, still percent-encoded
   * @param query the same; empty if there is none
   * @param headers all values of a header, whatever the case of its name
   * @param source of the body; asked at most once
   */
  public AccessRequest(
      String method,
      String path,
      String query,
      Function<String, List<String>> headers,
      Supplier<byte[]> source) {
    this(method, path, query, headers, source, null);
  }

  private AccessRequest(
      String method,
      String path,
      String query,
      Function<String, List<String>> headers,
      Supplier<byte[]> source,
      @Nullable X509Certificate certificate) {
    this.certificate = certificate;
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.source = source;
  }

  /**
   * @param body asked at most once
   */
  public static AccessRequest of(HttpServletRequest request, Supplier<byte[]> body) {
    String query = request.getQueryString();
    return new AccessRequest(
        request.getMethod(),
        request.getRequestURI(),
        query == null ? "" : query,
        name -> new ArrayList<>(Collections.list(request.getHeaders(name))),
        body,
        request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
            ? chain[0]
            : null);
  }

  /** That of the client, of an authority that the service knows; null if it showed none. */
  public @Nullable X509Certificate certificate() {
    return certificate;
  }

  /** As it was sent. */
  public String method() {
    return method;
  }

  /** As it was sent, still percent-encoded. */
  public String path() {
    return path;
  }

  /** As it was sent, still percent-encoded; empty if there is none. */
  public String query() {
    return query;
  }

  /** All values, whatever the case of the name. */
  public List<String> headers(String name) {
    return headers.apply(name);
  }

  /** The header's value if it stands there exactly once, else an empty text. */
  public String header(String name) {
    List<String> values = headers(name);
    return values.size() == 1 ? values.get(0).strip() : "";
  }

  /** The body, read at the first call. */
  public byte[] body() {
    byte[] read = body;
    if (read == null) {
      read = source.get();
      body = read;
    }
    return read;
  }
}

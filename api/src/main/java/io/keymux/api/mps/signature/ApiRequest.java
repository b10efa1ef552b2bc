package io.keymux.api.mps.signature;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** One HTTP request as it was received: what signatures are about. */
public final class ApiRequest {
  private final String method;
  private final String query;
  private final Function<String, List<String>> headers;
  private final byte[] body;

  /**
   * @param query as it was sent, still percent-encoded; empty if there is none
   * @param headers all values of a header, whatever the case of its name
   * @param body not copied
   */
  public ApiRequest(
      String method, String query, Function<String, List<String>> headers, byte[] body) {
    this.method = method;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  /**
   * @param body that was read of it already
   */
  public static ApiRequest of(HttpServletRequest request, byte[] body) {
    String query = request.getQueryString();
    return new ApiRequest(
        request.getMethod(),
        query == null ? "" : query,
        name -> new ArrayList<>(Collections.list(request.getHeaders(name))),
        body);
  }

  public String method() {
    return method;
  }

  public String query() {
    return query;
  }

  /** Not a copy. */
  public byte[] body() {
    return body;
  }

  /** The header's value if it stands there exactly once, else an empty text. */
  public String header(String name) {
    List<String> values = headers.apply(name);
    return values.size() == 1 ? values.get(0).strip() : "";
  }

  List<String> headers(String name) {
    return headers.apply(name);
  }

  /** The media type without its parameters, in lower case. */
  public String mediaType() {
    String type = header("Content-Type");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}

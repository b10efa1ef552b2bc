package io.keymux.keyserver;

import io.keymux.cpix.Bytes;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One HTTP call to a key server, before it is sent.
 *
 * @param method {@code POST} or {@code GET}
 * @param uri a secret as a whole: tokens and passwords stand in paths and queries
 * @param headers by name, one value each
 * @param body what was asked, without keys; empty for GET
 */
public record KeyServerCall(String method, URI uri, Map<String, String> headers, Bytes body) {

  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

  public KeyServerCall {
    headers = Map.copyOf(headers);
    headers.forEach(
        (name, value) -> {
          // The HTTP client would refuse it too, and quote it.
          if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                "header " + name + " has a character that headers cannot carry");
          }
        });
  }

  /** The same call with one more header, or with another value of it. */
  public KeyServerCall withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new KeyServerCall(method, uri, more, body);
  }

  /** The same call to another address: a ticket goes into the query. */
  public KeyServerCall withUri(URI other) {
    return new KeyServerCall(method, other, headers, body);
  }

  /** What may be said about where the call goes: no user, port, path or query. */
  String host() {
    return uri.getHost();
  }

  @Override
  public String toString() {
    return "KeyServerCall[" + method + " " + host() + ", " + body.size() + " bytes]";
  }
}

package io.keymux.keyserver.http;

import io.keymux.cpix.SecretBytes;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP call to a key server, before it is sent.
 *
 * @param method {@code POST}, {@code GET} or {@code DELETE}
 * @param uri a secret as a whole: tokens and passwords stand in paths and queries
 * @param headers by name, one value each
 * @param body may hold keys and passwords; empty for GET
 */
public record KeyServerCall(String method, URI uri, Map<String, String> headers, SecretBytes body) {
  private static final SecretBytes NOTHING = SecretBytes.copyOf(new byte[0]);
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

  public KeyServerCall {
    headers = Map.copyOf(headers);
    headers.forEach(
        (name, value) -> {
          if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                "header " + name + " has a character that headers cannot carry");
          }
        });
  }

  /** Asks for what is at {@code uri}. */
  public static KeyServerCall get(URI uri) {
    return new KeyServerCall("GET", uri, Map.of(), NOTHING);
  }

  /** Sends {@code body} to {@code uri}. */
  public static KeyServerCall post(URI uri, String contentType, SecretBytes body) {
    return new KeyServerCall("POST", uri, Map.of("Content-Type", contentType), body);
  }

  /** The value of a header, whatever the case of its name; null if it is not there. */
  public @Nullable String header(String name) {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return null;
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
  public String host() {
    return uri.getHost();
  }

  @Override
  public String toString() {
    return "KeyServerCall[" + method + " " + host() + ", " + body.size() + " bytes]";
  }
}

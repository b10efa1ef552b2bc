package io.keymux.keyserver.auth;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A URI with one part of it replaced; all other parts keep the exact spelling that they had, since
 * key servers sign and compare them. A fragment, which is never sent, is dropped.
 */
final class UriParts {
  private UriParts() {}

  /** With the parameter {@code name} set: in the place of the first that has this name, or last. */
  static URI withParameter(URI uri, String name, String value) {
    String pair = PercentCode.value(name) + "=" + PercentCode.value(value);
    List<String> pairs = new ArrayList<>();
    boolean placed = false;
    for (String old : pairs(uri)) {
      if (!name(old).equals(name)) {
        pairs.add(old);
      } else if (!placed) {
        pairs.add(pair);
        placed = true;
      }
    }
    if (!placed) {
      pairs.add(pair);
    }
    return rebuilt(uri, uri.getRawPath(), String.join("&", pairs));
  }

  /** The decoded value of the first parameter {@code name}; null if there is none. */
  static @Nullable String parameter(URI uri, String name) {
    for (String pair : pairs(uri)) {
      if (name(pair).equals(name)) {
        return PercentCode.decode(pair.substring(Math.min(pair.indexOf('=') + 1, pair.length())));
      }
    }
    return null;
  }

  /** The parameters as they stand there. */
  static List<String> pairs(URI uri) {
    String query = uri.getRawQuery();
    return query == null || query.isEmpty() ? List.of() : List.of(query.split("&", -1));
  }

  static URI withPath(URI uri, String rawPath) {
    return rebuilt(uri, rawPath, uri.getRawQuery());
  }

  static URI withoutQuery(URI uri) {
    return rebuilt(uri, uri.getRawPath(), null);
  }

  private static String name(String pair) {
    int equals = pair.indexOf('=');
    return PercentCode.decode(equals < 0 ? pair : pair.substring(0, equals));
  }

  private static URI rebuilt(URI uri, String rawPath, @Nullable String rawQuery) {
    String start = uri.getScheme() + "://" + uri.getRawAuthority() + rawPath;
    return URI.create(rawQuery == null ? start : start + "?" + rawQuery);
  }
}

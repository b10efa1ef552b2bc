package io.keymux.keyserver.auth;

import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.KeyServerCall;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A token that is one segment of the path, as in {@code /getKey/{token}}. */
public final class PathToken implements CallAuthorizer {
  private static final Pattern PLACE = Pattern.compile("/%7[Bb]token%7[Dd](?=/|$)");

  private final String segment;

  private PathToken(String segment) {
    this.segment = segment;
  }

  /**
   * The token takes the place of the segment {@code {token}} of the URL, written {@code
   * %7Btoken%7D}, since URLs have no braces; without one it becomes the last segment.
   *
   * @param token in clear, as it is encoded here
   */
  public static CallAuthorizer of(String token) {
    return new PathToken(PercentCode.segment(token));
  }

  @Override
  public KeyServerCall authorize(KeyServerCall call, CallSender sender) {
    return call.withUri(UriParts.withPath(call.uri(), path(call.uri().getRawPath())));
  }

  private String path(String path) {
    Matcher place = PLACE.matcher(path);
    if (place.find()) {
      return place.replaceAll(Matcher.quoteReplacement("/" + segment));
    }
    // A redirect may lead to a URL that has it already.
    if (List.of(path.split("/", -1)).contains(segment)) {
      return path;
    }
    return path.endsWith("/") ? path + segment : path + "/" + segment;
  }

  @Override
  public String toString() {
    return "PathToken";
  }
}

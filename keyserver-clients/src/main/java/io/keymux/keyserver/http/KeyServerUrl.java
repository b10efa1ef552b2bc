package io.keymux.keyserver.http;

import io.keymux.cpix.DrmException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The address of a key server. A user and password in it become HTTP Basic, which is what those who
 * write them there mean; the HTTP client would drop them.
 *
 * @param uri http or https with a host and a possible port, without user info and fragment
 * @param userInfo {@code user:password}, percent-encoded, or null
 */
public record KeyServerUrl(URI uri, @Nullable String userInfo) {
  private static final String NOT_A_URL = "has a character that URLs cannot have";
  private static final int LARGEST_PORT = 65_535;

  /**
   * @throws DrmException with code {@code invalid-key-server-url} for anything else; it does not
   *     quote the URL, which may hold secrets
   */
  public static KeyServerUrl of(URI url) {
    String problem = problem(url);
    if (problem != null) {
      throw invalid(problem);
    }
    StringBuilder plain = new StringBuilder(url.getScheme()).append("://").append(url.getHost());
    if (url.getPort() >= 0) {
      plain.append(':').append(url.getPort());
    }
    plain.append(url.getRawPath());
    if (url.getRawQuery() != null) {
      plain.append('?').append(url.getRawQuery());
    }
    return new KeyServerUrl(URI.create(plain.toString()), url.getRawUserInfo());
  }

  /**
   * @throws DrmException as {@link #of(URI)}
   */
  public static KeyServerUrl of(String url) {
    try {
      return of(new URI(url));
    } catch (URISyntaxException e) {
      // Without the cause, which quotes the URL.
      throw invalid(NOT_A_URL);
    }
  }

  /**
   * Why {@link #of(String)} would refuse a URL, in words that do not quote it, as {@code has a user
   * without a password}; null if it would not.
   */
  public static @Nullable String problem(String url) {
    try {
      return problem(new URI(url));
    } catch (URISyntaxException e) {
      return NOT_A_URL;
    }
  }

  private static @Nullable String problem(URI url) {
    String scheme = url.getScheme();
    if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
      return "does not begin with http:// or https://";
    }
    if (url.getHost() == null) {
      return "has no host name, or one with characters that host names cannot have";
    }
    if (!hasPort(url)) {
      return "has a port that is not 1 to 65535";
    }
    String userInfo = url.getRawUserInfo();
    return userInfo != null && userInfo.indexOf(':') < 0 ? "has a user without a password" : null;
  }

  /** Whether a connection can be made to its port: URLs may have any number there. */
  public static boolean hasPort(URI uri) {
    return port(uri) >= 1 && port(uri) <= LARGEST_PORT;
  }

  /** The user of {@code user:password}, decoded; null if the URL has none. */
  public @Nullable String user() {
    return userInfo == null ? null : decode(userInfo.substring(0, userInfo.indexOf(':')));
  }

  /** The password of {@code user:password}, decoded; null if the URL has none. */
  public @Nullable String password() {
    return userInfo == null ? null : decode(userInfo.substring(userInfo.indexOf(':') + 1));
  }

  /** What may be said about it. */
  public String host() {
    return uri.getHost();
  }

  static boolean isSecure(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : isSecure(uri) ? 443 : 80;
  }

  /**
   * Whether both lead to the same host by the same scheme and port, and the first names no user.
   */
  public static boolean sameOrigin(URI one, URI other) {
    return one.getUserInfo() == null
        && one.getHost() != null
        && one.getHost().equalsIgnoreCase(other.getHost())
        && one.getScheme().equalsIgnoreCase(other.getScheme())
        && port(one) == port(other);
  }

  /** Host and port as they stand in a {@code Host} header. */
  public static String authority(URI uri) {
    boolean usual = port(uri) == (isSecure(uri) ? 443 : 80);
    return usual ? uri.getHost() : uri.getHost() + ":" + port(uri);
  }

  private static String decode(String part) {
    // The decoder is for forms, where a plus is a blank; in a URL it is a plus.
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static DrmException invalid(String what) {
    return new DrmException(
        DrmException.Blame.CALLER,
        "invalid-key-server-url",
        "The URL of the key server " + what + ".",
        "Write it as https://host/path.");
  }

  @Override
  public String toString() {
    return "KeyServerUrl[" + uri.getHost() + "]";
  }
}

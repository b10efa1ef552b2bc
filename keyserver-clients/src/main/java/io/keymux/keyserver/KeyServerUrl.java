package io.keymux.keyserver;

import io.keymux.cpix.DrmException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The address of a key server. A user and password in it become HTTP Basic, which is what those who
 * write them there mean; the HTTP client would drop them.
 *
 * @param uri http or https with a host, without user info and fragment
 * @param userInfo {@code user:password}, percent-encoded, or null
 */
record KeyServerUrl(URI uri, @Nullable String userInfo) {

  /**
   * @throws DrmException with code {@code invalid-key-server-url} for anything else; it does not
   *     quote the URL, which may hold secrets
   */
  static KeyServerUrl of(URI url) {
    String scheme = url.getScheme();
    if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
      throw invalid("does not begin with http:// or https://");
    }
    String host = url.getHost();
    if (host == null) {
      throw invalid("has no host name, or one with characters that host names cannot have");
    }
    StringBuilder plain = new StringBuilder(scheme).append("://").append(host);
    if (url.getPort() >= 0) {
      plain.append(':').append(url.getPort());
    }
    plain.append(url.getRawPath());
    if (url.getRawQuery() != null) {
      plain.append('?').append(url.getRawQuery());
    }
    String userInfo = url.getRawUserInfo();
    if (userInfo != null && userInfo.indexOf(':') < 0) {
      throw invalid("has a user without a password");
    }
    return new KeyServerUrl(URI.create(plain.toString()), userInfo);
  }

  /** {@code chosen}, preceded by the user and password of the URL, if there are any. */
  CallAuthorizer authorizer(CallAuthorizer chosen) {
    if (userInfo == null) {
      return chosen;
    }
    int colon = userInfo.indexOf(':');
    CallAuthorizer basic =
        CallAuthorizer.basic(
            decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
    return call -> chosen.authorize(basic.authorize(call));
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

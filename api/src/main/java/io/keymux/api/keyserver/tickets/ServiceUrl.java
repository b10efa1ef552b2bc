package io.keymux.api.keyserver.tickets;

import io.keymux.api.problem.RequestException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The URL that a service ticket is for, without query; the path is compared as it is sent.
 *
 * @param scheme in lower case
 * @param host in lower case
 * @param port the scheme's own if the URL names none
 */
record ServiceUrl(String scheme, String host, int port, String path) {

  /**
   * @throws RequestException with status 400 if it is no http or https URL with a host, or has a
   *     user, query or fragment
   */
  static ServiceUrl of(String text) {
    URI url = parse(text);
    String scheme = lower(url.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw invalid("is not an http or https URL.");
    }
    if (url.getHost() == null || url.getRawUserInfo() != null) {
      throw invalid("has no host, or a user.");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw invalid("has a query or a fragment; tickets are for the URL without them.");
    }
    int usual = scheme.equals("https") ? 443 : 80;
    return new ServiceUrl(
        scheme, lower(url.getHost()), url.getPort() < 0 ? usual : url.getPort(), url.getRawPath());
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw invalid("is not a URL.");
    }
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static RequestException invalid(String problem) {
    return RequestException.invalidParameter("service", problem);
  }
}

package io.keymux.api.access.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request in the one spelling that client and server both sign.
 *
 * @see "AWS, Signature Version 4, Create a canonical request"
 */
final class CanonicalRequest {
  private static final String UNRESERVED = "-_.~/";

  private CanonicalRequest() {}

  /**
   * Null if the list of signed headers has not host and x-amz-date, is not sorted, or names one
   * that is not there.
   */
  static @Nullable String of(AccessRequest request, List<String> signed, String bodyHash) {
    boolean sorted =
        new HashSet<>(signed).size() == signed.size()
            && signed.stream().sorted().toList().equals(signed);
    if (!sorted || !signed.contains("host") || !signed.contains("x-amz-date")) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    lines.add(request.method());
    lines.add(encode(request.path()));
    lines.add(query(request.query()));
    for (String name : signed) {
      List<String> values = request.headers(name);
      if (values.isEmpty()) {
        return null;
      }
      lines.add(
          name
              + ":"
              + values.stream().map(CanonicalRequest::trimmed).collect(Collectors.joining(",")));
    }
    lines.add("");
    lines.add(String.join(";", signed));
    lines.add(bodyHash);
    return String.join("\n", lines);
  }

  /** In lower-case hex. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** For every service but S3 the path is encoded once more, as it was sent. */
  private static String encode(String path) {
    StringBuilder encoded = new StringBuilder(path.length());
    for (byte b : path.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /** Sorted by name, then value; a name alone gets an empty value. */
  private static String query(String query) {
    if (query.isEmpty()) {
      return "";
    }
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.indexOf('=') >= 0 ? pair : pair + "=")
        .sorted(CanonicalRequest::byNameThenValue)
        .collect(Collectors.joining("&"));
  }

  private static int byNameThenValue(String first, String second) {
    int byName = name(first).compareTo(name(second));
    return byName != 0 ? byName : first.compareTo(second);
  }

  private static String name(String pair) {
    return pair.substring(0, pair.indexOf('='));
  }

  private static String trimmed(String value) {
    return value.strip().replaceAll(" +", " ");
  }
}

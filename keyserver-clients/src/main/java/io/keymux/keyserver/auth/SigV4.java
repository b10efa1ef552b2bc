package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Signature Version 4 in a header, with the hash of the body in it.
 *
 * @param service as {@code execute-api}
 * @see "AWS Signature Version 4, Create a signed AWS API request"
 */
record SigV4(String region, String service, Instant time) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** The call with date, session token and signature. All headers that it has are signed. */
  KeyServerCall sign(KeyServerCall call, AwsCredentials credentials) {
    KeyServerCall dated = call.withHeader("X-Amz-Date", TIME.format(time));
    if (credentials.sessionToken() != null) {
      dated = dated.withHeader("X-Amz-Security-Token", credentials.sessionToken());
    }
    SortedMap<String, String> headers = signedHeaders(dated);
    String signature = signature(stringToSign(canonicalRequest(dated, headers)), credentials);
    return dated.withHeader(
        "Authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(ALGORITHM, credentials.accessKeyId(), scope(), names(headers), signature));
  }

  /** By name in lower case, with the one that HTTP itself adds. */
  static SortedMap<String, String> signedHeaders(KeyServerCall call) {
    SortedMap<String, String> headers = new TreeMap<>();
    call.headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), squeezed(value)));
    headers.remove("authorization"); // It is what comes out.
    headers.put("host", KeyServerUrl.authority(call.uri()));
    return headers;
  }

  static String canonicalRequest(KeyServerCall call, SortedMap<String, String> headers) {
    String lines =
        headers.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        call.method(),
        canonicalPath(call.uri()),
        canonicalQuery(call.uri()),
        lines,
        names(headers),
        sha256(call.body()));
  }

  String stringToSign(String canonicalRequest) {
    return String.join(
        "\n", ALGORITHM, TIME.format(time), scope(), sha256(canonicalRequest.getBytes(UTF_8)));
  }

  /** In lower-case hex. */
  String signature(String stringToSign, AwsCredentials credentials) {
    byte[] secret = credentials.secret().reveal();
    byte[] key = Arrays.copyOf("AWS4".getBytes(UTF_8), 4 + secret.length);
    System.arraycopy(secret, 0, key, 4, secret.length);
    Arrays.fill(secret, (byte) 0);
    for (String part : new String[] {day(), region, service, "aws4_request", stringToSign}) {
      byte[] next = HmacSha256.of(key, part.getBytes(UTF_8));
      Arrays.fill(key, (byte) 0);
      key = next;
    }
    return HexFormat.of().formatHex(key);
  }

  /**
   * Without dot segments and repeated slashes, and what is percent-encoded already is encoded once
   * more: so for all services but S3.
   */
  private static String canonicalPath(URI uri) {
    String path = uri.getRawPath();
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    String end = path.endsWith("/") && !segments.isEmpty() ? "/" : "";
    return PercentCode.path("/" + String.join("/", segments) + end);
  }

  /** Sorted by name, then value, as they are encoded. */
  private static String canonicalQuery(URI uri) {
    return UriParts.pairs(uri).stream()
        .filter(pair -> !pair.isEmpty())
        .map(
            pair -> {
              int equals = pair.indexOf('=');
              String name = equals < 0 ? pair : pair.substring(0, equals);
              String value = equals < 0 ? "" : pair.substring(equals + 1);
              return new String[] {recoded(name), recoded(value)};
            })
        .sorted((a, b) -> a[0].equals(b[0]) ? a[1].compareTo(b[1]) : a[0].compareTo(b[0]))
        .map(pair -> pair[0] + "=" + pair[1])
        .collect(Collectors.joining("&"));
  }

  private static String recoded(String text) {
    return PercentCode.value(PercentCode.decode(text));
  }

  private static String squeezed(String value) {
    return value.strip().replaceAll(" +", " ");
  }

  private static String names(SortedMap<String, String> headers) {
    return String.join(";", headers.keySet());
  }

  private String scope() {
    return String.join("/", day(), region, service, "aws4_request");
  }

  private String day() {
    return TIME.format(time).substring(0, 8);
  }

  private static String sha256(SecretBytes body) {
    byte[] clear = body.reveal();
    try {
      return sha256(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private static String sha256(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.http.Request;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signatures over the call as it arrived, computed here a second time. */
final class SignatureLocks {
  private static final Pattern SIGNED =
      Pattern.compile(
          "(\\S+) Credential=([^/]+)/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})");

  private SignatureLocks() {}

  /** AWS Signature Version 4. */
  static Lock sigV4(String id, String secret, String region) {
    return (request, plain, type) -> {
      Matcher signed = SIGNED.matcher(String.valueOf(request.getHeader("Authorization")));
      String time = String.valueOf(request.getHeader("X-Amz-Date"));
      String day = LocalDate.now(ZoneOffset.UTC).toString().replace("-", "");
      String scope = String.join("/", day, region, "execute-api", "aws4_request");
      if (!request.getUrl().equals(plain)
          || !signed.matches()
          || !signed.group(1).equals("AWS4-HMAC-SHA256")
          || !signed.group(2).equals(id)
          || !signed.group(3).equals(scope)
          || !Arrays.asList(signed.group(4).split(";", -1)).contains("host")
          || !Arrays.asList(signed.group(4).split(";", -1)).contains("x-amz-date")
          || !time.matches(day + "T[0-9]{6}Z")) {
        return "the form of the signature";
      }
      String canonical =
          String.join(
              "\n",
              request.getMethod().getName(),
              path(plain).replace("%", "%25"),
              Arrays.stream(query(plain).replace(",", "%2C").split("&", -1))
                  .sorted()
                  .collect(Collectors.joining("&")),
              Arrays.stream(signed.group(4).split(";", -1))
                  .map(name -> name + ":" + value(request, name, type) + "\n")
                  .collect(Collectors.joining()),
              signed.group(4),
              sha256(request.getBody()));
      String toSign =
          String.join("\n", signed.group(1), time, scope, sha256(canonical.getBytes(UTF_8)));
      return signature("AWS4" + secret, toSign, day, region, "execute-api", "aws4_request")
              .equals(signed.group(5))
          ? null
          : "the signature";
    };
  }

  /** Tencent Cloud API 3.0, Signature Method v3; values of headers are in lower case there. */
  static Lock tc3(String id, String secret, String service) {
    return (request, plain, type) -> {
      Matcher signed = SIGNED.matcher(String.valueOf(request.getHeader("Authorization")));
      String time = String.valueOf(request.getHeader("X-TC-Timestamp"));
      String day = LocalDate.now(ZoneOffset.UTC).toString();
      String scope = String.join("/", day, service, "tc3_request");
      if (!request.getUrl().equals(plain)
          || !signed.matches()
          || !signed.group(1).equals("TC3-HMAC-SHA256")
          || !signed.group(2).equals(id)
          || !signed.group(3).equals(scope)
          || !signed.group(4).equals("content-type;host")
          || !time.matches("[0-9]{10}")) {
        return "the form of the signature";
      }
      String canonical =
          "%s\n/\n%s\ncontent-type:%s\nhost:%s\n\ncontent-type;host\n%s"
              .formatted(
                  request.getMethod().getName(),
                  query(plain),
                  type.toLowerCase(Locale.ROOT),
                  request.getHeader("Host"),
                  sha256(request.getBody()));
      String toSign =
          String.join("\n", signed.group(1), time, scope, sha256(canonical.getBytes(UTF_8)));
      return signature("TC3" + secret, toSign, day, service, "tc3_request").equals(signed.group(5))
          ? null
          : "the signature";
    };
  }

  private static String value(Request request, String name, String type) {
    return name.equals("content-type") ? type : request.getHeader(name);
  }

  private static String path(String url) {
    return url.replaceAll("\\?.*", "");
  }

  private static String query(String url) {
    return url.contains("?") ? url.substring(url.indexOf('?') + 1) : "";
  }

  private static String signature(String secret, String toSign, String... scope) {
    byte[] key = secret.getBytes(UTF_8);
    for (String part : scope) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String sha256(byte @Nullable [] bytes) {
    return hash("SHA-256", bytes == null ? new byte[0] : bytes);
  }

  static String hash(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}

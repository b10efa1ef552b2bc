package io.keymux.api.access.proof;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Authorization} header of a signed request.
 *
 * @param date yyyyMMdd
 * @param signedHeaders in lower case, sorted
 * @param signature 64 lower-case hex digits
 * @see "AWS, Signature Version 4, Add the signature to the request"
 */
public record SigV4Header(
    String accessKeyId,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {
  private static final Pattern FORM =
      Pattern.compile(
          "AWS4-HMAC-SHA256 +Credential=([\\w+=,.@-]{1,128})/(\\d{8})/([a-z0-9-]{1,64})"
              + "/([a-z0-9-]{1,64})/aws4_request *, *SignedHeaders=([a-z0-9;_-]{1,1024})"
              + " *, *Signature=([0-9a-f]{64})");

  /** Null if the header is none of these. */
  public static @Nullable SigV4Header of(String header) {
    Matcher parts = FORM.matcher(header);
    if (!parts.matches()) {
      return null;
    }
    return new SigV4Header(
        parts.group(1),
        parts.group(2),
        parts.group(3),
        parts.group(4),
        List.of(parts.group(5).split(";", -1)),
        parts.group(6));
  }

  /** What the signing key is for. */
  String scope() {
    return date + "/" + region + "/" + service + "/aws4_request";
  }
}

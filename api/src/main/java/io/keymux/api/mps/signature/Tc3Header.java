package io.keymux.api.mps.signature;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An {@code Authorization} header of TC3-HMAC-SHA256.
 *
 * @param date of the scope, as {@code 2026-11-22}
 * @param service of the scope: the first label of the host that the client was configured with,
 *     which may hold a port
 * @param signedHeaders in the order of the header
 * @param signature in lower-case hex
 */
record Tc3Header(
    String secretId, String date, String service, List<String> signedHeaders, String signature) {
  private static final Pattern FORM =
      Pattern.compile(
          "TC3-HMAC-SHA256 +Credential=([^/,\\s]{1,128})/(\\d{4}-\\d{2}-\\d{2})/([^/,\\s]{1,128})/tc3_request,"
              + " *SignedHeaders=([a-z0-9;-]{1,1024}), *Signature=([0-9a-f]{64})");

  /** Null if it is anything else. */
  static @Nullable Tc3Header of(String header) {
    Matcher form = FORM.matcher(header);
    return form.matches()
        ? new Tc3Header(
            form.group(1),
            form.group(2),
            form.group(3),
            List.of(form.group(4).split(";", -1)),
            form.group(5))
        : null;
  }

  String scope() {
    return date + "/" + service + "/tc3_request";
  }
}

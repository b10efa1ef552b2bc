package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.http.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HTTP Digest (RFC 7616) with one nonce, whose count must grow. */
final class DigestLock implements Lock {
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s\"]+))");
  private static final String NONCE = "n0nce/of+the=server";
  private static final String REALM = "key server";

  private final String algorithm;
  private final String user;
  private final String password;
  private int count;

  /**
   * @param algorithm MD5 or SHA-256
   */
  DigestLock(String algorithm, String user, String password) {
    this.algorithm = algorithm;
    this.user = user;
    this.password = password;
  }

  @Override
  public Map<String, String> challenge() {
    return Map.of(
        "WWW-Authenticate",
        "Digest realm=\"%s\", nonce=\"%s\", qop=\"auth\", algorithm=%s, opaque=\"o\""
            .formatted(REALM, NONCE, algorithm));
  }

  @Override
  public @Nullable String objection(Request request, String plain, String type) {
    String header = String.valueOf(request.getHeader("Authorization"));
    Map<String, String> sent = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(header);
    while (parameter.find()) {
      sent.put(
          parameter.group(1), parameter.group(2) == null ? parameter.group(3) : parameter.group(2));
    }
    if (!header.startsWith("Digest ")) {
      return "no answer to the challenge";
    }
    Map<String, String> fixed =
        Map.of(
            "username",
            user,
            "realm",
            REALM,
            "nonce",
            NONCE,
            "uri",
            plain,
            "qop",
            "auth",
            "algorithm",
            algorithm,
            "opaque",
            "o",
            "nc",
            "%08x".formatted(++count));
    String expected =
        hash(
            String.join(
                ":",
                hash(user + ":" + REALM + ":" + password),
                NONCE,
                String.valueOf(sent.get("nc")),
                String.valueOf(sent.get("cnonce")),
                "auth",
                hash(request.getMethod().getName() + ":" + plain)));
    return request.getUrl().equals(plain)
            && sent.entrySet().containsAll(fixed.entrySet())
            && expected.equals(sent.get("response"))
        ? null
        : "the answer to the challenge";
  }

  private String hash(String text) {
    return SignatureLocks.hash(algorithm, text.getBytes(UTF_8));
  }
}

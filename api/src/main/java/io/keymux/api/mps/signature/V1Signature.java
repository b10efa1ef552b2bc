package io.keymux.api.mps.signature;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.mps.problem.MpsException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The older signature, of parameters in a form or a query: HMAC-SHA256 of method, host and the
 * sorted parameters. The variant with SHA-1 is refused.
 *
 * @see "Tencent Cloud API 3.0, Signature Method v1"
 */
final class V1Signature {
  private final MpsSettings settings;
  private final Freshness freshness;

  V1Signature(MpsSettings settings, Clock clock) {
    this.settings = settings;
    this.freshness = new Freshness(clock);
  }

  /**
   * @param parameters of form or query, decoded
   * @return whose credential it is
   * @throws MpsException with a code of {@code AuthFailure}, or {@code MissingParameter}
   */
  MpsSettings.Credential require(ApiRequest request, Map<String, String> parameters) {
    String method = parameters.getOrDefault("SignatureMethod", "HmacSHA1");
    if (!method.equals("HmacSHA256")) {
      throw MpsException.authFailure(
          "SignatureFailure",
          "Only HmacSHA256 is accepted as SignatureMethod.",
          "Use HmacSHA256, or better TC3-HMAC-SHA256.");
    }
    freshness.require("Timestamp", parameters.getOrDefault("Timestamp", ""));
    String secretId = parameters.getOrDefault("SecretId", "");
    if (secretId.isEmpty()) {
      throw MpsException.missing("SecretId");
    }
    MpsSettings.Credential credential = Credentials.find(settings, secretId);
    byte[] expected = Digests.hmac(credential.secretKey().reveal(), plainText(request, parameters));
    String shown = parameters.getOrDefault("Signature", "");
    if (!Digests.same(Base64.getEncoder().encodeToString(expected), shown)) {
      throw Credentials.wrongSignature();
    }
    Credentials.requireToken(credential, parameters.getOrDefault("Token", ""));
    return credential;
  }

  /** Values stand there decoded, and a low line in a name as a dot. */
  static String plainText(ApiRequest request, Map<String, String> parameters) {
    Map<String, String> sorted = new TreeMap<>(parameters);
    sorted.remove("Signature");
    return request.method()
        + request.header("Host")
        + "/?"
        + sorted.entrySet().stream()
            .map(entry -> entry.getKey().replace('_', '.') + "=" + entry.getValue())
            .collect(Collectors.joining("&"));
  }
}

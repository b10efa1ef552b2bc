package io.keymux.api.mps.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.mps.problem.MpsException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds out who sent a request, by either of the two signatures that Tencent's clients make: in the
 * header of a JSON body or a query (TC3), or as a parameter of a form or a query (v1).
 */
public final class Signatures {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Set<String> ABOUT_THE_CALL =
      Set.of(
          "Action",
          "Version",
          "Region",
          "Timestamp",
          "Nonce",
          "SecretId",
          "SignatureMethod",
          "Signature",
          "Token",
          "RequestClient",
          "Language");

  private final Tc3Signature tc3;
  private final V1Signature v1;

  /**
   * @param clock that timestamps are held against
   */
  public Signatures(MpsSettings settings, Clock clock) {
    this.tc3 = new Tc3Signature(settings, clock);
    this.v1 = new V1Signature(settings, clock);
  }

  /** Whether a GET of the root is meant for this endpoint, and not for the page there. */
  public static boolean isCall(String actionHeader, String query) {
    return !actionHeader.isEmpty() || ("&" + query).contains("&Action=");
  }

  /**
   * @throws MpsException with a code of {@code AuthFailure} if it does not prove who sent it, or
   *     with {@code InvalidRequest} for a body of another type
   */
  public SignedRequest verify(ApiRequest request) {
    boolean get = request.method().equals("GET");
    if (!request.header("Authorization").isEmpty()) {
      return byHeader(request, get);
    }
    if (!get && !request.mediaType().equals(FORM)) {
      throw MpsException.authFailure(
          "InvalidAuthorization",
          "There is no header Authorization.",
          "Sign the request with TC3-HMAC-SHA256.");
    }
    Map<String, String> parameters =
        FormParameters.read(get ? request.query() : new String(request.body(), UTF_8));
    MpsSettings.Credential credential = v1.require(request, parameters);
    return new SignedRequest(
        credential.tenant(),
        parameters.getOrDefault("Action", ""),
        parameters.getOrDefault("Version", ""),
        false,
        withoutCall(parameters));
  }

  private SignedRequest byHeader(ApiRequest request, boolean get) {
    MpsSettings.Credential credential = tc3.require(request);
    if (!get && !request.mediaType().equals("application/json")) {
      throw MpsException.of(
          "InvalidRequest",
          "The body's Content-Type is not application/json.",
          "Send JSON; multipart bodies are not read.");
    }
    return new SignedRequest(
        credential.tenant(),
        request.header("X-TC-Action"),
        request.header("X-TC-Version"),
        !get,
        get ? FormParameters.read(request.query()) : Map.of());
  }

  private static Map<String, String> withoutCall(Map<String, String> parameters) {
    Map<String, String> own = new LinkedHashMap<>(parameters);
    own.keySet().removeAll(ABOUT_THE_CALL);
    return own;
  }
}

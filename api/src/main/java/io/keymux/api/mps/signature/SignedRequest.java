package io.keymux.api.mps.signature;

import java.util.Map;

/**
 * A request whose sender is known.
 *
 * @param tenant of the credential that signed it: nothing else says who is asking
 * @param action as {@code ProcessMedia}; empty if the request names none
 * @param version as {@code 2019-06-12}; empty if the request names none
 * @param json whether the parameters are the body
 * @param parameters of a form or a query, without those that are about the call itself; empty for
 *     JSON
 */
public record SignedRequest(
    String tenant, String action, String version, boolean json, Map<String, String> parameters) {
  public SignedRequest {
    parameters = Map.copyOf(parameters);
  }
}

package io.keymux.api.mps;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.keymux.api.json.Json;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import io.keymux.api.mps.signature.ApiRequest;
import io.keymux.api.mps.signature.Signatures;
import io.keymux.api.mps.signature.SignedRequest;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.DrmException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /} and {@code GET /} as Tencent's clients call them. Every answer has status 200,
 * also refusals: a client of Tencent's drops the code of any other.
 */
public final class MpsEndpoint {
  private static final Logger log = LoggerFactory.getLogger(MpsEndpoint.class);

  private final @Nullable Signatures signatures;
  private final @Nullable MpsActions actions;

  /** Nulls for a service that is not configured for it, which says so. */
  MpsEndpoint(@Nullable Signatures signatures, @Nullable MpsActions actions) {
    this.signatures = signatures;
    this.actions = actions;
  }

  /** Whether a GET of the root is a call, and not for the page there. */
  public static boolean isCall(Context ctx) {
    String action = ctx.header("X-TC-Action");
    String query = ctx.req().getQueryString();
    return Signatures.isCall(action == null ? "" : action, query == null ? "" : query);
  }

  /**
   * @param body asked at most once
   * @param requestId what the answer tells for the server's log
   */
  public void handle(Context ctx, Supplier<byte[]> body, String requestId) {
    ObjectNode response;
    try {
      response =
          answer(
              ApiRequest.of(
                  ctx.req(), ctx.method().name().equals("GET") ? new byte[0] : body.get()));
    } catch (MpsException e) {
      response = error(e.mpsCode(), e.problem() + " " + e.remedy());
    } catch (RequestException e) {
      String code = e.status() == 413 ? "RequestSizeLimitExceeded" : "FailedOperation";
      response = error(code, e.problem() + " " + e.remedy());
    } catch (DrmException e) {
      response = error("FailedOperation", e.problem() + " " + e.remedy());
    } catch (RuntimeException e) {
      log.error("request {} of the MPS-compatible endpoint failed", requestId, e);
      response = error("InternalError", "An unexpected error happened. See the server's log.");
    }
    response.put("RequestId", requestId);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("Response", response);
    ctx.status(200).contentType("application/json").result(Json.line(answer).getBytes(UTF_8));
  }

  private ObjectNode answer(ApiRequest request) {
    if (signatures == null || actions == null) {
      throw MpsException.authFailure(
          "UnauthorizedOperation",
          "The MPS-compatible endpoint is not configured.",
          "Add a section mps with credentials to the service's configuration.");
    }
    SignedRequest signed = signatures.verify(request);
    Fields fields =
        signed.json() ? Fields.ofJson(request.body()) : Fields.ofFlat(signed.parameters());
    return actions.answer(signed.tenant(), signed.action(), signed.version(), fields);
  }

  private static ObjectNode error(String code, String message) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.putObject("Error").put("Code", code).put("Message", message);
    return response;
  }
}

package io.keymux.api.keyserver.speke;

import io.javalin.http.Context;
import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.auth.Access;
import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;

/**
 * Answers SPEKE requests with keys of the seed. The version is told by the request's header, not by
 * its path.
 *
 * @see "SPEKE API specification v1, v2.0 and v2.1"
 */
public final class SpekeEndpoint {
  private static final String VERSION_HEADER = "X-Speke-Version";
  private static final String AGENT = "keymux";

  private final SpekeExchange exchange;
  private final Access access;

  public SpekeEndpoint(EmbeddedKeys keys, KeyServerSettings settings, Access access) {
    this.exchange = new SpekeExchange(keys, settings);
    this.access = access;
  }

  /**
   * Answers 200 with a CPIX document, or 422 with one line of text.
   *
   * @param body asked for once, and only if it is needed
   * @throws io.keymux.api.problem.RequestException with status 401 or 403 if the request does not
   *     prove who sent it
   */
  public void handle(Context ctx, Supplier<byte[]> body) throws IOException {
    byte[] read = admit(ctx, body);
    try {
      String header = ctx.header(VERSION_HEADER);
      SpekeVersion version = SpekeVersion.of(header);
      if (header == null) {
        ctx.header("Speke-User-Agent", AGENT);
      } else {
        ctx.header(VERSION_HEADER, header);
      }
      CpixReply.send(
          ctx, exchange.answer(version, read, URI.create(ctx.scheme() + "://" + ctx.host())));
    } catch (SpekeRefusal e) {
      CpixReply.refuse(ctx, e);
    }
  }

  /** {@code GET .../heartbeat} of SPEKE v1. */
  public void heartbeat(Context ctx) {
    admit(ctx, () -> new byte[0]);
    ctx.header("Speke-User-Agent", AGENT).contentType("text/plain;charset=utf-8").result("alive");
  }

  private byte[] admit(Context ctx, Supplier<byte[]> body) {
    ctx.header("X-Speke-User-Agent", AGENT).header("Cache-Control", "no-store");
    AccessRequest request = AccessRequest.of(ctx.req(), body);
    access.require(request);
    return request.body();
  }
}

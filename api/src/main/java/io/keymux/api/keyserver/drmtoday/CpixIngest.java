package io.keymux.api.keyserver.drmtoday;

import io.javalin.http.Context;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.StreamType;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.speke.CpixReply;
import io.keymux.api.keyserver.speke.SpekeExchange;
import io.keymux.api.keyserver.speke.SpekeRefusal;
import io.keymux.api.keyserver.tickets.TicketAccess;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.ProtectionScheme;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * CPIX as DRMtoday speaks it. KIDs are the server's: they depend on asset and stream type alone,
 * not on organization or configuration.
 */
public final class CpixIngest {
  private static final String SCHEME = "x-signaling-alg";

  private final EmbeddedKeys keys;
  private final SpekeExchange exchange;
  private final List<StreamType> types;
  private final TicketAccess access;

  public CpixIngest(EmbeddedKeys keys, KeyServerSettings settings, TicketAccess access) {
    this.keys = keys;
    this.exchange = new SpekeExchange(keys, settings);
    this.types = settings.streamTypes();
    this.access = access;
  }

  /**
   * {@code POST .../ingest/{config}}, "process document": answers 200 with the document that was
   * sent, filled and under other KIDs; 401 or 422 with one line of text.
   *
   * @param body asked for once, and only with a ticket
   * @throws RequestException with status 400 if organization or configuration is no name
   */
  public void process(Context ctx, Supplier<byte[]> body) throws IOException {
    if (!admits(ctx)) {
      return;
    }
    byte[] read = body.get();
    try {
      CpixReply.send(ctx, exchange.answerUnderOwnKeyIds(read, base(ctx)));
    } catch (SpekeRefusal e) {
      CpixReply.refuse(ctx, e);
    } finally {
      Arrays.fill(read, (byte) 0);
    }
  }

  /**
   * {@code GET .../ingest/{config}/{asset}}, "generate document": answers 200 with a document for
   * the configured stream types; 401 or 422 with one line of text.
   *
   * @throws RequestException with status 400 if organization or configuration is no name, or the
   *     scheme is not cenc or cbcs
   */
  public void generate(Context ctx) throws IOException {
    if (!admits(ctx)) {
      return;
    }
    GeneratedDocument document =
        new GeneratedDocument(keys, ctx.pathParam("asset"), scheme(ctx), types);
    try {
      CpixReply.send(ctx, exchange.fill(document.tree(), base(ctx)));
    } catch (SpekeRefusal e) {
      CpixReply.refuse(ctx, e);
    }
  }

  private boolean admits(Context ctx) {
    ctx.header("Cache-Control", "no-store");
    if (!access.admits(ctx)) {
      return false;
    }
    PathName.require(ctx, "org");
    PathName.require(ctx, "config");
    return true;
  }

  /** Without a wish the one that every DRM system plays. */
  private static ProtectionScheme scheme(Context ctx) {
    String wish = ctx.queryParam(SCHEME);
    return switch (wish == null ? "cbcs" : wish) {
      case "cbcs" -> ProtectionScheme.CBCS;
      case "cenc" -> ProtectionScheme.CENC;
      default -> throw RequestException.invalidParameter(SCHEME, "is not cenc or cbcs.");
    };
  }

  private static URI base(Context ctx) {
    return URI.create(ctx.scheme() + "://" + ctx.host());
  }
}

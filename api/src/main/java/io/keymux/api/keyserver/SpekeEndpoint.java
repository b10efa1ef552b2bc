package io.keymux.api.keyserver;

import io.javalin.http.Context;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.cpix.xml.SafeXml;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;

/**
 * {@code POST /speke/v2.0/copyProtection}: answers SPEKE v2.0 requests with keys of the seed,
 * without authentication, to whoever reaches a loopback address.
 *
 * @see "SPEKE API specification v2.0"
 */
public final class SpekeEndpoint {
  private static final String VERSION_HEADER = "X-Speke-Version";
  private static final String VERSION = "2.0";

  private final EmbeddedKeys keys;

  public SpekeEndpoint(EmbeddedKeys keys) {
    this.keys = keys;
  }

  /** Answers 200 with a CPIX document, or 422 with one of the texts of the specification. */
  public void handle(Context ctx, byte[] body) throws IOException {
    ctx.header("X-Speke-User-Agent", "keymux").header("Cache-Control", "no-store");
    try {
      String version = ctx.header(VERSION_HEADER);
      if (version == null || !version.strip().equals(VERSION)) {
        throw new SpekeRefusal("Unsupported SPEKE version");
      }
      ctx.header(VERSION_HEADER, version);
      SpekeRequest request = SpekeRequest.check(SafeXml.parse(body));
      SignalingSettings settings =
          KeySources.signaling(URI.create(ctx.scheme() + "://" + ctx.host()));
      keys.issue(request.contentId(), request.keyIds());
      send(ctx, new SpekeResponse(request, keys, settings).document());
    } catch (SpekeRefusal e) {
      refuse(ctx, e.text());
    } catch (DrmException e) {
      if (e.blame() != DrmException.Blame.CALLER) {
        throw e;
      }
      refuse(ctx, "The body is not usable XML: " + e.code());
    }
  }

  private static void refuse(Context ctx, String text) {
    ctx.status(422).contentType("text/plain;charset=utf-8").result(text);
  }

  private static void send(Context ctx, byte[] document) throws IOException {
    try {
      ctx.disableCompression().status(200).contentType("application/xml");
      ctx.res().setContentLength(document.length);
      try (OutputStream out = ctx.res().getOutputStream()) {
        out.write(document);
      }
    } finally {
      Arrays.fill(document, (byte) 0);
    }
  }
}

package io.keymux.api.http;

import io.javalin.http.Context;
import io.keymux.api.json.Json;
import io.keymux.api.problem.RequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Reads bodies of requests: bounded, and only of the media type that is asked for. */
public final class RequestBody {
  /** More than any job or document needs. */
  public static final int LIMIT_BYTES = 1024 * 1024;

  /** Signatures are over the body, too, so it may be asked for before the handler does. */
  private static final String READ = "keymux.body";

  private RequestBody() {}

  /**
   * The body as bytes, the same at each call.
   *
   * @throws RequestException with status 413 beyond {@value #LIMIT_BYTES} bytes, whatever the
   *     request says its length is; 415 if it is compressed: a small one may become a large one
   */
  public static byte[] bytes(Context ctx) {
    byte[] known = ctx.attribute(READ);
    if (known == null) {
      known = read(ctx);
      ctx.attribute(READ, known);
    }
    return known;
  }

  private static byte[] read(Context ctx) {
    String encoding = ctx.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw RequestException.encodedBody();
    }
    if (ctx.req().getContentLengthLong() > LIMIT_BYTES) {
      throw RequestException.tooLarge(LIMIT_BYTES);
    }
    try {
      byte[] body = ctx.req().getInputStream().readNBytes(LIMIT_BYTES + 1);
      if (body.length > LIMIT_BYTES) {
        throw RequestException.tooLarge(LIMIT_BYTES);
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException("the request's body cannot be read", e);
    }
  }

  /**
   * The body as JSON.
   *
   * <p>The media type is demanded because a web page of any origin may post {@code text/plain}
   * without asking first, but not {@code application/json}.
   *
   * @throws RequestException with status 415 for another media type, 400 for anything that is not
   *     the JSON wanted
   */
  static <T> T json(Context ctx, byte[] body, Class<T> type) {
    requireType(ctx, "application/json");
    return Json.read(body, type);
  }

  /**
   * @throws RequestException with status 415 if the request's media type is none of {@code wanted}
   */
  public static void requireType(Context ctx, String... wanted) {
    String type = ctx.req().getContentType();
    String bare = type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    for (String candidate : wanted) {
      if (bare.equals(candidate)) {
        return;
      }
    }
    throw RequestException.unsupportedMediaType(bare, String.join(" or ", wanted));
  }
}

package io.keymux.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.keymux.api.mps.MpsEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The pages and scripts in the jar: a fixed list, so no path of a request becomes a file's name.
 */
final class WebHandlers {
  /**
   * Nothing inline, nothing from elsewhere. Players feed the video element from {@code blob:} URLs
   * and may run a worker from one. Keys may be asked of this machine under its other name.
   */
  private static final String POLICY =
      "default-src 'self'; connect-src 'self' http://127.0.0.1:* http://localhost:*;"
          + " media-src 'self' blob:; worker-src 'self' blob:; object-src 'none';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Page CONSOLE = new Page("/", "web/index.html", "text/html;charset=utf-8");

  private static final List<Page> PAGES =
      List.of(
          new Page("/player", "web/player.html", "text/html;charset=utf-8"),
          new Page("/web/player.js", "web/player.js", "text/javascript;charset=utf-8"),
          new Page("/web/index.js", "web/index.js", "text/javascript;charset=utf-8"),
          new Page("/web/keymux.css", "web/keymux.css", "text/css;charset=utf-8"),
          new Page(
              "/web/vendor/shaka-player/shaka-player.compiled.js",
              "web/vendor/shaka-player/shaka-player.compiled.js",
              "text/javascript;charset=utf-8"),
          new Page(
              "/web/vendor/shaka-player/LICENSE",
              "web/vendor/shaka-player/LICENSE",
              "text/plain;charset=utf-8"),
          new Page("/openapi.yaml", "openapi.yaml", "application/yaml"));

  private WebHandlers() {}

  /**
   * @param mps gets what is asked of the root and is no page
   */
  static void install(RoutesConfig routes, MpsEndpoint mps) {
    routes.get(
        CONSOLE.path(),
        ctx -> {
          if (MpsEndpoint.isCall(ctx)) {
            mps.handle(ctx, () -> RequestBody.bytes(ctx), RequestIds.of(ctx));
          } else {
            send(ctx, CONSOLE);
          }
        },
        Door.OWN);
    PAGES.forEach(page -> routes.get(page.path(), ctx -> send(ctx, page), Door.OPEN));
  }

  private static void send(Context ctx, Page page) throws IOException {
    ctx.header("Content-Security-Policy", POLICY)
        .header("X-Frame-Options", "DENY")
        .header("Cache-Control", "no-cache")
        .contentType(page.mediaType())
        .result(read(page.resource()));
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream in = WebHandlers.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the jar");
      }
      return in.readAllBytes();
    }
  }

  private record Page(String path, String resource, String mediaType) {}
}

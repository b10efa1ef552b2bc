package io.keymux.testvectors.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.testvectors.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The players of the test page. Thread-safe: each call has a browser of its own while it lasts, and
 * as many are opened as calls were ever made at once.
 */
final class Players implements AutoCloseable {
  private static final double SECONDS = 3;

  private final Queue<Browser> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param function of the page
   * @param limit seconds
   */
  Browser.Seen play(MediaServer server, String function, String manifest, int limit)
      throws IOException {
    return play(server, function, manifest, SECONDS, limit);
  }

  Browser.Seen play(MediaServer server, String function, String manifest, double seconds, int limit)
      throws IOException {
    return run(server, function, List.of(server.url("/media/" + manifest), seconds, limit));
  }

  /**
   * Plays a little, then winds in shaka-player.
   *
   * @param marks what a request must hold if pictures alone are asked for
   */
  Browser.Seen wind(MediaServer server, String manifest, double seconds, int limit, String marks)
      throws IOException {
    return run(
        server, "windShaka", List.of(server.url("/media/" + manifest), seconds, limit, marks));
  }

  private Browser.Seen run(MediaServer server, String function, List<?> arguments)
      throws IOException {
    return run(server, "/page.html", function, arguments);
  }

  /** Calls a function of a page. */
  Browser.Seen run(MediaServer server, String page, String function, List<?> arguments)
      throws IOException {
    @Nullable Browser known = idle.poll();
    Browser browser = known == null ? Browser.open() : known;
    try {
      return browser.play(server.url(page), function, arguments);
    } finally {
      idle.add(browser);
    }
  }

  @Override
  public void close() {
    idle.forEach(Browser::close);
  }

  static void assertPlays(String what, Browser.Seen seen) {
    assertThat(seen.errors()).as(what).isEmpty();
    assertThat(seen.frames()).as("%s: %s", what, seen).isPositive();
    assertThat(seen.audioBytes()).as("%s: %s", what, seen).isPositive();
    assertThat(seen.time()).as("%s: %s", what, seen).isGreaterThan(1.5);
  }

  static void assertDoesNotPlay(String what, Browser.Seen seen) {
    assertThat(seen.time()).as("wrong key, %s: %s", what, seen).isLessThan(0.5);
    assertThat(seen.frames() == 0 || !seen.errors().isEmpty())
        .as("wrong key, %s: no frames or an error: %s", what, seen)
        .isTrue();
  }

  static MediaServer serve(Path folder) throws IOException {
    Path players = Repository.file("test-vectors/src/test/npm/node_modules");
    return new MediaServer(
        Map.of(
            "media", folder,
            "page.html", Repository.file("test-vectors/src/test/resources/playback/page.html"),
            "thumbnails.html",
                Repository.file("test-vectors/src/test/resources/playback/thumbnails.html"),
            "players/shaka.js", players.resolve("shaka-player/dist/shaka-player.compiled.js"),
            "players/hls.js", players.resolve("hls.js/dist/hls.min.js"),
            "players/dash.js", players.resolve("dashjs/dist/modern/umd/dash.all.min.js")));
  }
}

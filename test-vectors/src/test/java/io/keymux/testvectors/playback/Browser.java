package io.keymux.testvectors.playback;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import io.keymux.testvectors.oracle.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Headless Chromium. Not thread-safe. */
final class Browser implements AutoCloseable {
  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /**
   * What a player did.
   *
   * @param frames decoded
   * @param audioBytes decoded
   * @param time played, in seconds of the media
   * @param stalls how often it waited for data after it had begun
   * @param cues of all text tracks that were shown
   */
  record Seen(
      int frames,
      long audioBytes,
      double time,
      List<String> errors,
      int stalls,
      List<SeenCue> cues) {}

  /** A cue that a player gave to the browser; times in seconds. */
  record SeenCue(double start, double end, String text) {}

  /** Skips or fails the test if there is no Chromium. */
  static Browser open() {
    Path executable = Chromium.require();
    Playwright playwright = driver();
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--autoplay-policy=no-user-gesture-required"))));
  }

  /**
   * The driver is a program that is unpacked first. A process that another thread starts meanwhile
   * has it open for a moment, and then it cannot be run.
   */
  private static Playwright driver() {
    Playwright.CreateOptions options =
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    for (int left = 20; ; left--) {
      try {
        return Playwright.create(options);
      } catch (PlaywrightException e) {
        if (left == 0 || !String.valueOf(e.getCause()).contains("Text file busy")) {
          throw e;
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  /** Opens the test page and calls one of its functions. */
  Seen play(String pageUrl, String function, List<?> arguments) throws IOException {
    try (Page page = browser.newPage()) {
      page.navigate(pageUrl);
      Object seen =
          page.evaluate(
              "arguments => " + function + "(...arguments).then(JSON.stringify)", arguments);
      return new ObjectMapper().readValue(String.valueOf(seen), Seen.class);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}

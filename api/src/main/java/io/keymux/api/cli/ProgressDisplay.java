package io.keymux.api.cli;

import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Shows a job's progress: a bar with rate and time left on a terminal, a line a stage elsewhere.
 */
final class ProgressDisplay implements ProgressListener {
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
  private static final double MEGABYTE = 1e6;
  private static final int WIDEST_BAR = 40;
  private static final int TEXT_COLUMNS = 48;

  private final PrintWriter err;
  private final int columns;
  private @Nullable Stage stage;
  private long stageStarted;
  private long drawn;
  private boolean open;

  /**
   * @param columns of the terminal, 0 if there is none
   */
  ProgressDisplay(PrintWriter err, int columns) {
    this.err = err;
    this.columns = columns;
  }

  @Override
  public void progress(Stage now, long doneBytes, long totalBytes) {
    long nanos = System.nanoTime();
    if (now != stage) {
      stage = now;
      stageStarted = nanos;
      drawn = 0;
      if (columns == 0) {
        err.println(title(now));
        return;
      }
    }
    boolean last = totalBytes > 0 && doneBytes >= totalBytes;
    if (columns > 0 && (last || drawn == 0 || nanos - drawn >= REDRAW_NANOS)) {
      drawn = nanos;
      draw(now, doneBytes, totalBytes, (nanos - stageStarted) / 1e9);
    }
  }

  /** Ends the bar, so that what is printed next starts on a line of its own. */
  void end() {
    if (open) {
      err.print("\r\u001b[K");
      err.flush();
      open = false;
    }
  }

  private void draw(Stage now, long done, long total, double seconds) {
    StringBuilder line = new StringBuilder("\r").append(title(now));
    if (total > 0) {
      double part = Math.min(1, (double) done / total);
      double rate = seconds > 0 ? done / MEGABYTE / seconds : 0;
      line.append(' ').append(bar(part));
      line.append(' ').append(right(Integer.toString((int) (part * 100)), 3)).append(" %  ");
      line.append(right(Tenths.of(rate), 7)).append(" MB/s");
      if (part > 0 && seconds > 0.5) {
        line.append("  ").append(left(seconds / part - seconds));
      }
    }
    err.print(line.append("\u001b[K"));
    err.flush();
    open = true;
  }

  private String bar(double part) {
    int width = Math.max(0, Math.min(WIDEST_BAR, columns - TEXT_COLUMNS));
    int full = (int) (part * width);
    return width == 0 ? "" : "[" + "#".repeat(full) + ".".repeat(width - full) + "]";
  }

  private static String left(double seconds) {
    long whole = Math.round(seconds);
    return whole / 60 + (whole % 60 < 10 ? ":0" : ":") + whole % 60 + " left";
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String title(Stage stage) {
    return switch (stage) {
      case PREPARING -> "reading inputs";
      case ACQUIRING_KEYS -> "getting keys";
      case PACKAGING -> "packaging";
      case VERIFYING -> "verifying";
      case PUBLISHING -> "publishing";
    };
  }
}

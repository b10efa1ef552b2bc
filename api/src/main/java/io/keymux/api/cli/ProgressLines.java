package io.keymux.api.cli;

import io.keymux.api.json.Json;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a job's progress as lines of JSON, at most two a second and one for each new stage. */
final class ProgressLines implements ProgressListener {
  private static final long INTERVAL_NANOS = Duration.ofMillis(500).toNanos();

  private final PrintWriter out;
  private @Nullable Stage stage;
  private long written;

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void progress(Stage now, long doneBytes, long totalBytes) {
    long nanos = System.nanoTime();
    if (now == stage && nanos - written < INTERVAL_NANOS) {
      return;
    }
    stage = now;
    written = nanos;
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "progress");
    line.put("stage", now.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    line.put("bytes", doneBytes);
    line.put("totalBytes", totalBytes);
    out.println(Json.line(line));
  }
}

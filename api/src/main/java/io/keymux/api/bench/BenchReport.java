package io.keymux.api.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of one run.
 *
 * @param bytes of all inputs
 * @param rounds that count; one more was thrown away
 * @param versions of the peers, by program
 * @param notes what was left out and why
 */
public record BenchReport(
    List<String> inputs,
    long bytes,
    int rounds,
    Machine machine,
    Map<String, String> versions,
    List<BenchRow> rows,
    List<String> notes) {
  private static final double MEGABYTE = 1e6;

  /** As text; the table is Markdown. */
  public String text() {
    StringBuilder out = new StringBuilder();
    line(out, "Input %s, %.1f MB; 6 s segments, DASH + HLS where the program can.", names(), mb());
    line(out, "%d rounds after one thrown away; medians, the ratio to cp is paired.", rounds);
    line(
        out,
        "%d cores (%s), %.1f GB RAM, %s, %s; load average before %s.",
        machine.cores(),
        machine.processor(),
        machine.memoryBytes() / 1e9,
        machine.system(),
        machine.java(),
        machine.load());
    versions.forEach((program, version) -> line(out, "%s: %s", program, version));
    line(out, "");
    line(out, "| case | wall s (min-max) | MB/s | x cp | CPU s/GB | peak RSS MB |");
    line(out, "|---|---|---|---|---|---|");
    for (BenchRow row : rows) {
      line(
          out,
          "| %s | %.3f (%.3f-%.3f) | %.0f | %.2f | %.2f | %.0f |",
          row.name(),
          row.wallSeconds(),
          row.wallMinSeconds(),
          row.wallMaxSeconds(),
          row.megabytesPerSecond(),
          row.timesFloor(),
          row.cpuSecondsPerGigabyte(),
          row.peakRssBytes() / MEGABYTE);
    }
    notes.forEach(note -> line(out, "%s", note));
    return out.toString();
  }

  private String names() {
    return String.join(", ", inputs);
  }

  private double mb() {
    return bytes / MEGABYTE;
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}

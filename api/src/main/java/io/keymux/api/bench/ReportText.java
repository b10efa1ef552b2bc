package io.keymux.api.bench;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a report for people. */
final class ReportText {
  private static final double MEGABYTE = 1e6;

  private final BenchReport report;
  private final StringBuilder out = new StringBuilder();

  ReportText(BenchReport report) {
    this.report = report;
  }

  @Override
  public String toString() {
    head();
    rows();
    growth();
    targets();
    if (!report.notes().isEmpty()) {
      line("");
      report.notes().forEach(note -> line("%s", note));
    }
    return out.toString();
  }

  private void head() {
    Machine machine = report.machine();
    line(
        "Input %s, %.1f MB; 6 s segments or one file for each track, DASH + HLS where the program can.",
        String.join(", ", report.inputs()), report.bytes() / MEGABYTE);
    line(
        "%d rounds after one thrown away; medians. x cp, x GPAC: median of the ratios of each round;"
            + " GPAC with the same scheme and layout.",
        report.rounds());
    line(
        "%d cores (%s), %.1f GB RAM, %s, %s; load average before %s.",
        machine.cores(),
        machine.processor(),
        machine.memoryBytes() / 1e9,
        machine.system(),
        machine.java(),
        machine.load());
    line("JVM flags: %s", String.join(" ", machine.jvmFlags()));
    report.versions().forEach((program, version) -> line("%s: %s", program, version));
    line("");
  }

  private void rows() {
    line("| case | wall s (min-max) | MB/s | x cp | x GPAC | CPU s/GB | peak RSS MB |");
    line("|---|---|---|---|---|---|---|");
    for (BenchRow row : report.rows()) {
      line(
          "| %s | %.3f (%.3f-%.3f) | %.0f | %s | %s | %.2f | %.0f |",
          row.name(),
          row.wallSeconds(),
          row.wallMinSeconds(),
          row.wallMaxSeconds(),
          row.megabytesPerSecond(),
          ratio(row.timesFloor()),
          ratio(row.timesGpac()),
          row.cpuSecondsPerGigabyte(),
          row.peakRssBytes() / MEGABYTE);
    }
  }

  /** Whether time is linear in the input. */
  private void growth() {
    if (report.rows().stream().allMatch(row -> row.loops() == 1)) {
      return;
    }
    line("");
    line("| time against input | input MB | wall s | s/GB |");
    line("|---|---|---|---|");
    for (BenchRow row : report.rows()) {
      List<BenchRow> family =
          report.rows().stream().filter(other -> other.onceName().equals(row.name())).toList();
      if (family.size() > 1) {
        family.forEach(
            member ->
                line(
                    "| %s | %.0f | %.3f | %.3f |",
                    member.name(),
                    member.bytes() / MEGABYTE,
                    member.wallSeconds(),
                    member.wallSeconds() / (member.bytes() / 1e9)));
      }
    }
  }

  private void targets() {
    if (report.targets().isEmpty()) {
      return;
    }
    line("");
    line("| target | wanted | measured | met |");
    line("|---|---|---|---|");
    report
        .targets()
        .forEach(
            target ->
                line(
                    "| %s | %s | %s | %s |",
                    target.what(),
                    target.wanted(),
                    target.measuredText(),
                    target.met() == null ? "" : target.met() ? "yes" : "**no**"));
  }

  /** Two places, fewer if they are zeros. */
  static String decimal(double value) {
    return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }

  private static String ratio(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.2f", value);
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}

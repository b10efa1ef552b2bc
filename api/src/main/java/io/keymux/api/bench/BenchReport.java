package io.keymux.api.bench;

import java.util.List;
import java.util.Map;

/**
 * The result of one run.
 *
 * @param bytes of all inputs
 * @param rounds that count; one more was thrown away
 * @param versions of the peers, by program
 * @param targets empty if none were asked for
 * @param notes what was left out and why
 */
public record BenchReport(
    List<String> inputs,
    long bytes,
    int rounds,
    Machine machine,
    Map<String, String> versions,
    List<BenchRow> rows,
    List<TargetResult> targets,
    List<String> notes) {

  /** As text; the tables are Markdown. */
  public String text() {
    return new ReportText(this).toString();
  }
}

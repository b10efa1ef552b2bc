package io.keymux.api.cli;

import io.keymux.packager.job.Stage;
import java.util.Locale;

/** Shows the progress that the service tells of as that of a job in this process. */
final class StageLine {
  private final ProgressDisplay display;

  StageLine(Console console) {
    display = new ProgressDisplay(console.err(), console.columns());
  }

  /**
   * @param stage a state of a job, as JSON has it
   */
  void show(String stage, long bytes, long totalBytes) {
    for (Stage known : Stage.values()) {
      if (known.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(stage)) {
        display.progress(known, bytes, totalBytes);
      }
    }
  }

  void end() {
    display.end();
  }
}

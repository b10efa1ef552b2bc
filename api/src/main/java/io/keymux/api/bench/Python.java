package io.keymux.api.bench;

import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolCommand;
import io.keymux.packager.tool.ToolException;
import io.keymux.packager.tool.ToolFinder;
import io.keymux.packager.tool.ToolRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The interpreter that a peer's script needs. */
final class Python {
  private Python() {}

  /** The program itself: version managers put a script before it that takes its time. */
  static Optional<Path> interpreter(ToolFinder finder) throws InterruptedException {
    Optional<Path> found = finder.find(Tool.PYTHON);
    if (found.isEmpty()) {
      return found;
    }
    ToolCommand question =
        ToolCommand.of(found.get()).args("-c", "import sys; print(sys.executable)");
    try {
      String answer = new ToolRunner(Duration.ofSeconds(20)).run(question).output().strip();
      return answer.isEmpty() ? found : Optional.of(Path.of(answer));
    } catch (ToolException e) {
      return Optional.empty();
    }
  }
}

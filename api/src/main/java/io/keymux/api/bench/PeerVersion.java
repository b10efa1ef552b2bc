package io.keymux.api.bench;

import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolCommand;
import io.keymux.packager.tool.ToolException;
import io.keymux.packager.tool.ToolRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Asks programs for their version. */
final class PeerVersion {
  private PeerVersion() {}

  /** The line in which a program says it, or what went wrong. */
  static String of(Tool tool, Path program) throws InterruptedException {
    ToolCommand command = ToolCommand.of(program);
    switch (tool) {
      case FFMPEG, FFPROBE, GPAC, MP4BOX -> command.args("-version");
      case SHAKA_PACKAGER, CHROMIUM, PYTHON, TASKSET -> command.args("--version");
      // Bento4's tools print theirs with the usage.
      case MP4FRAGMENT, MP4ENCRYPT, MP4DECRYPT, MP4DUMP -> command.accept(1);
    }
    String output;
    try {
      output = new ToolRunner(Duration.ofSeconds(20)).run(command).output();
    } catch (ToolException e) {
      output = e.output();
    }
    return output
        .lines()
        .map(line -> line.replaceAll("\\e\\[[0-9;]*m", "").strip())
        .filter(line -> line.toLowerCase(Locale.ROOT).contains("version"))
        .reduce((first, second) -> second.contains("Bento4") ? second : first)
        .orElse("unknown");
  }
}

package io.keymux.api.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the figures come from.
 *
 * @param processor its model, or the architecture where the system does not tell
 * @param memoryBytes 0 where the system does not tell
 * @param jvmFlags of this JVM; a launcher gives the same ones to the command line
 * @param load the three load averages when the run began, or empty
 */
public record Machine(
    int cores,
    String processor,
    long memoryBytes,
    String system,
    String java,
    List<String> jvmFlags,
    String load) {

  public Machine {
    jvmFlags = List.copyOf(jvmFlags);
  }

  static Machine current() {
    String memory = value(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "");
    String model = value(Path.of("/proc/cpuinfo"), "model name");
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        model.isEmpty() ? System.getProperty("os.arch", "") : model,
        memory.isEmpty() ? 0 : Long.parseLong(memory) * 1024,
        System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""),
        System.getProperty("java.vm.name", "") + " " + System.getProperty("java.vm.version", ""),
        ColdCli.jvmFlags().toList(),
        loadAverages());
  }

  private static String loadAverages() {
    try {
      String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ", 4);
      return fields.length == 4 ? fields[0] + " " + fields[1] + " " + fields[2] : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static String value(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}

package io.keymux.api.cli;

import io.keymux.api.bench.BenchReport;
import io.keymux.api.bench.Benchmark;
import io.keymux.api.bench.Peer;
import io.keymux.api.json.Json;
import io.keymux.packager.tool.ToolFinder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keymux bench}: how fast we are on this machine, beside {@code cp} and others. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures packaging beside cp and other packagers. Test keys, outputs deleted.")
final class BenchCommand implements Callable<Integer> {
  private static final String MAIN = "io.keymux.api.Main";

  private final Console console;

  @Parameters(paramLabel = "INPUT", arity = "1..*", description = "MP4 files.")
  private List<Path> inputs = new ArrayList<>();

  @Option(
      names = "--peers",
      paramLabel = "PEER",
      split = ",",
      description = {
        "shaka,bento4,gpac,ffmpeg, or none (default: those that are found, by SHAKA_PACKAGER,",
        "BENTO4_HOME, GPAC, FFMPEG, on PATH and in .ci/tools of the current folder)."
      })
  private @Nullable List<String> peers;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds that count; one more is thrown away (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = {
        "Existing folder for a temporary one, on the disk to measure, with room for three times",
        "the inputs (default: the system's folder for temporary files)."
      })
  private Path work = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--json", description = "Print one JSON object, with all command lines.")
  private boolean json;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (rounds < 1 || rounds > 1000) {
      throw new UsageException("--rounds " + rounds + " is not 1 to 1000.", "Give another number.");
    }
    ToolFinder finder = new ToolFinder(console.environment(), Path.of(""));
    Benchmark benchmark = new Benchmark(finder, coldCommandLine(), work, console.err()::println);
    BenchReport report = benchmark.run(inputs, peers == null ? null : peers(peers), rounds);
    if (json) {
      console.out().println(Json.line(report));
    } else {
      console.out().print(report.text());
    }
    return ExitCode.OK;
  }

  private static List<Peer> peers(List<String> names) {
    return names.stream()
        .filter(name -> !name.equals("none"))
        .map(BenchCommand::peer)
        .distinct()
        .toList();
  }

  private static Peer peer(String name) {
    return Arrays.stream(Peer.values())
        .filter(peer -> peer.id().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "\"" + name + "\" is not a peer.",
                    "Use "
                        + Arrays.stream(Peer.values())
                            .map(Peer::id)
                            .collect(Collectors.joining(", "))
                        + " or none."));
  }

  /** This JVM with the flags that the launcher gave it, from a standing start. */
  private static List<String> coldCommandLine() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X") || argument.startsWith("-Dfile.encoding"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    return command;
  }
}

package io.keymux.api.cli;

import io.keymux.api.bench.BenchReport;
import io.keymux.api.bench.BenchSettings;
import io.keymux.api.bench.Benchmark;
import io.keymux.api.bench.ColdCli;
import io.keymux.api.bench.Jdk;
import io.keymux.api.bench.Peer;
import io.keymux.api.bench.TargetSet;
import io.keymux.api.json.Json;
import io.keymux.packager.media.Layout;
import io.keymux.packager.tool.ToolFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
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
  private final Console console;

  @Parameters(paramLabel = "INPUT", arity = "1..*", description = "MP4 files.")
  private List<Path> inputs = new ArrayList<>();

  @Option(
      names = "--peers",
      paramLabel = "PEER",
      split = ",",
      description = {
        "shaka,bento4,gpac,ffmpeg, or none (default: those that are found, by",
        "SHAKA_PACKAGER, BENTO4_HOME, GPAC, FFMPEG, on PATH and in .ci/tools",
        "of the current folder)."
      })
  private @Nullable List<String> peers;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds that count; one more is thrown away (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--layouts",
      paramLabel = "LAYOUT",
      split = ",",
      defaultValue = "segments,single-file",
      converter = Converters.LayoutName.class,
      description = "segments,single-file (default: ${DEFAULT-VALUE}).")
  private List<Layout> layouts = new ArrayList<>();

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Only cases whose name has a match, and cp: \"Keymux|GPAC.*segments\".")
  private @Nullable String only;

  @Option(
      names = "--java",
      paramLabel = "DIR",
      description = "Home of another JDK to start our command line with; may be given again.")
  private List<Path> javaHomes = new ArrayList<>();

  @Option(
      names = "--loop",
      paramLabel = "N",
      split = ",",
      description = {
        "Also package the media of the inputs N times over, 2 to 1000, from",
        "copies in --work that are as large as the inputs; 3,9 does both."
      })
  private List<Integer> loops = new ArrayList<>();

  @Option(
      names = "--targets",
      paramLabel = "SET",
      description = {
        "large (a gigabyte in one file) or ladder (a minute in renditions):",
        "measures what the targets for such inputs need and prints them too."
      })
  private @Nullable String targets;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = {
        "Existing folder for a temporary one, on the disk to measure, with room",
        "for three times the inputs, with --loop for N + 2 times",
        "(default: the system's folder for temporary files)."
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
    BenchSettings settings =
        new BenchSettings(
            inputs,
            peers == null ? null : peers(peers),
            rounds,
            layouts.stream().distinct().toList(),
            only == null ? null : pattern(only),
            jdks(),
            loops(),
            targets == null ? null : targets(targets));
    ToolFinder finder = new ToolFinder(console.environment(), Path.of(""));
    Benchmark benchmark =
        new Benchmark(finder, ColdCli.ofThisProgram(), work, console.err()::println);
    BenchReport report = benchmark.run(settings);
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
    return choose(name, "a peer", Arrays.asList(Peer.values()), Peer::id, " or none");
  }

  private static TargetSet targets(String name) {
    return choose(name, "a set of targets", Arrays.asList(TargetSet.values()), TargetSet::id, "");
  }

  private static <T> T choose(
      String name, String what, List<T> values, Function<T, String> id, String otherwise) {
    return values.stream()
        .filter(value -> id.apply(value).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "\"%s\" is not %s.".formatted(name, what),
                    "Use %s%s."
                        .formatted(
                            values.stream().map(id).collect(Collectors.joining(", ")), otherwise)));
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "--only \"%s\" is no regular expression: %s.".formatted(text, e.getDescription()),
          "Escape what is meant as it stands.");
    }
  }

  private List<Jdk> jdks() {
    List<Jdk> jdks = new ArrayList<>();
    for (Path home : javaHomes) {
      Jdk jdk =
          Jdk.in(home)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--java %s has no program bin/java.".formatted(home),
                          "Name the home folder of a JDK."));
      if (jdks.stream().anyMatch(other -> other.name().equals(jdk.name()))) {
        throw new UsageException(
            "--java names %s twice.".formatted(jdk.name()), "Leave one of them out.");
      }
      jdks.add(jdk);
    }
    return jdks;
  }

  private List<Integer> loops() {
    for (int times : loops) {
      if (times < 2 || times > 1000) {
        throw new UsageException("--loop " + times + " is not 2 to 1000.", "Give another number.");
      }
    }
    return loops.stream().distinct().toList();
  }
}

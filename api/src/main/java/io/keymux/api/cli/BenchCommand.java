package io.keymux.api.cli;

import io.keymux.api.bench.BenchReport;
import io.keymux.api.bench.BenchSettings;
import io.keymux.api.bench.Benchmark;
import io.keymux.api.bench.ColdCli;
import io.keymux.api.bench.Jdk;
import io.keymux.api.bench.Peer;
import io.keymux.api.bench.TargetSet;
import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Positional;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.cli.syntax.UsageException;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.json.Json;
import io.keymux.packager.tool.ToolFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** {@code keymux bench}: how fast we are on this machine, beside {@code cp} and others. */
record BenchCommand(Console console) implements Command {
  private static final CommandOption PEERS =
      CommandOption.list(
          "--peers",
          "PEER",
          "shaka,bento4,gpac,ffmpeg, or none (default: those that are found, by",
          "SHAKA_PACKAGER, BENTO4_HOME, GPAC, FFMPEG, on PATH and in .ci/tools",
          "of the current folder).");
  private static final CommandOption ROUNDS =
      CommandOption.one(
              "--rounds", "N", "Rounds that count; one more is thrown away (default: {default}).")
          .orElse("3");
  private static final CommandOption LAYOUTS =
      CommandOption.list("--layouts", "LAYOUT", "segments,single-file (default: {default}).")
          .orElse("segments,single-file");
  private static final CommandOption ONLY =
      CommandOption.one(
          "--only",
          "REGEX",
          "Only cases whose name has a match, and cp: \"Keymux|GPAC.*segments\".");
  private static final CommandOption JAVA =
      CommandOption.repeated(
          "--java",
          "DIR",
          "Home of another JDK to start our command line with; may be given again.");
  private static final CommandOption LOOP =
      CommandOption.list(
          "--loop",
          "N",
          "Also package the media of the inputs N times over, 2 to 1000, from",
          "copies in --work that are as large as the inputs; 3,9 does both.");
  private static final CommandOption TARGETS =
      CommandOption.one(
          "--targets",
          "SET",
          "large (a gigabyte in one file), ladder (a minute in renditions) or",
          "aes-128 (large, as HLS): measures what the targets for such inputs",
          "need and prints them too.");
  private static final CommandOption WORK =
      CommandOption.one(
          "--work",
          "DIR",
          "Existing folder for a temporary one, on the disk to measure, with room",
          "for three times the inputs, with --loop for N + 2 times",
          "(default: the system's folder for temporary files).");
  private static final CommandOption JSON =
      CommandOption.flag("--json", "Print one JSON object, with all command lines.");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux bench",
        List.of("Measures packaging beside cp and other packagers. Test keys, outputs deleted."),
        Positional.many("INPUT", "MP4 files."),
        List.of(PEERS, ROUNDS, LAYOUTS, ONLY, JAVA, LOOP, TARGETS, WORK, JSON));
  }

  @Override
  public int run(Arguments given) throws InterruptedException {
    int rounds = given.value(ROUNDS).whole();
    if (rounds < 1 || rounds > 1000) {
      throw new UsageException("--rounds " + rounds + " is not 1 to 1000.", "Give another number.");
    }
    String only = given.text(ONLY);
    String targets = given.text(TARGETS);
    BenchSettings settings =
        new BenchSettings(
            paths(given.positionals()),
            given.has(PEERS) ? peers(given.values(PEERS)) : null,
            rounds,
            given.values(LAYOUTS).stream().map(Converters::layout).distinct().toList(),
            only == null ? null : pattern(only),
            jdks(paths(given.values(JAVA))),
            loops(given.values(LOOP)),
            targets == null ? null : targets(targets));
    ToolFinder finder = new ToolFinder(console.environment(), Path.of(""));
    Benchmark benchmark =
        new Benchmark(finder, ColdCli.ofThisProgram(), work(given), console.err()::println);
    BenchReport report = benchmark.run(settings);
    if (given.has(JSON)) {
      console.out().println(Json.line(report));
    } else {
      console.out().print(report.text());
    }
    return ExitCode.OK;
  }

  private static List<Path> paths(List<Value> values) {
    return values.stream().map(Value::path).toList();
  }

  private static Path work(Arguments given) {
    Value work = given.optional(WORK);
    return work == null ? Path.of(System.getProperty("java.io.tmpdir")) : work.path();
  }

  private static List<Peer> peers(List<Value> names) {
    return names.stream()
        .map(Value::text)
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

  private List<Jdk> jdks(List<Path> javaHomes) {
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

  private List<Integer> loops(List<Value> values) {
    List<Integer> loops = values.stream().map(Value::whole).distinct().toList();
    for (int times : loops) {
      if (times < 2 || times > 1000) {
        throw new UsageException("--loop " + times + " is not 2 to 1000.", "Give another number.");
      }
    }
    return loops;
  }
}

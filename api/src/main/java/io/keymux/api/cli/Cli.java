package io.keymux.api.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The command line as a function: arguments in, exit code out. */
public final class Cli {
  private static final String DEBUG = "--debug";

  private Cli() {}

  /**
   * Runs one command.
   *
   * @return 0 ok, 2 usage, 3 input, 4 key server, 5 external tool, 6 output, 7 verification failed,
   *     130 cancelled, 70 for a bug
   */
  public static int run(Console console, String... args) {
    boolean debug = Arrays.asList(args).contains(DEBUG);
    FailureReport failures = new FailureReport(console.err(), debug);
    IExecutionExceptionHandler failed = (e, command, parsed) -> failures.report(e);
    IParameterExceptionHandler misused = (e, given) -> misused(e, failures);
    CommandLine line = new CommandLine(RootCommand.class, factory(console));
    line.setOut(console.out())
        .setErr(console.err())
        .setExecutionExceptionHandler(failed)
        .setParameterExceptionHandler(misused)
        .setCaseInsensitiveEnumValuesAllowed(false)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(
            console.terminal() ? Math.max(60, Math.min(console.columns(), 120)) : 100);
    int code = line.execute(args);
    console.out().flush();
    console.err().flush();
    return code;
  }

  /** Commands have a constructor with the console; picocli makes the rest. */
  private static IFactory factory(Console console) {
    IFactory rest = CommandLine.defaultFactory();
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        for (var constructor : type.getDeclaredConstructors()) {
          Class<?>[] wanted = constructor.getParameterTypes();
          if (wanted.length == 1 && wanted[0] == Console.class) {
            return type.cast(constructor.newInstance(console));
          }
        }
        return rest.create(type);
      }
    };
  }

  private static int misused(ParameterException e, FailureReport failures) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String problem = firstLine(String.valueOf(e.getMessage()));
    Optional<String> unknown =
        e.getCommandLine().getUnmatchedArguments().stream()
            .filter(argument -> argument.startsWith("-"))
            .findFirst();
    if (unknown.isPresent()) {
      problem =
          "%s is not an option of \"%s\" in this version; its options are %s."
              .formatted(unknown.get(), command, options(e.getCommandLine()));
    }
    return failures.usage(problem, "See " + command + " --help.");
  }

  private static String options(CommandLine line) {
    List<OptionSpec> options = line.getCommandSpec().options();
    return options.stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("Wrong usage");
    return line.endsWith(".") ? line : line + ".";
  }
}

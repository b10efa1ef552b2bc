package io.keymux.api.cli;

import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keymux serve}: the HTTP service. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the HTTP service: jobs, media, the embedded key server.",
      "It gives keys without authentication, so it listens on loopback addresses only."
    })
final class ServeCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML: host, port, roots, workers; options given here win.")
  private @Nullable Path config;

  @Option(names = "--host", description = "Loopback address (default: 127.0.0.1).")
  private @Nullable String host;

  @Option(names = "--port", description = "0 takes a free one (default: 8080).")
  private @Nullable Integer port;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Folder that jobs may read and write (default: the current one); repeatable.")
  private List<Path> roots = new ArrayList<>();

  @Option(names = "--workers", description = "How many jobs run at once (default: 1).")
  private @Nullable Integer workers;

  @Mixin private DataOption data = new DataOption();

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    ConfigFile file =
        (config == null ? ConfigFile.EMPTY : ConfigFile.read(config)).with(console.environment());
    ServiceSettings settings = settings(file);
    ApiServer server = KeymuxService.start(settings, data.open(console));
    console.out().println("Keymux answers at " + server.uri());
    console.out().flush();
    untilEnded(server);
    return ExitCode.OK;
  }

  private ServiceSettings settings(ConfigFile file) {
    int chosenPort = first(port, file.port(), 8080);
    int chosenWorkers = first(workers, file.workers(), 1);
    if (chosenPort < 0 || chosenPort > 65535) {
      throw new UsageException(chosenPort + " is not a port.", "Use 0 to 65535.");
    }
    if (chosenWorkers < 1 || chosenWorkers > 64) {
      throw new UsageException(chosenWorkers + " is not a number of workers.", "Use 1 to 64.");
    }
    List<Path> chosenRoots =
        !roots.isEmpty() ? roots : file.roots() != null ? file.roots() : List.of(Path.of(""));
    return new ServiceSettings(
        first(host, file.host(), "127.0.0.1"),
        chosenPort,
        chosenRoots.stream().map(Path::toAbsolutePath).toList(),
        chosenWorkers);
  }

  private static <T> T first(@Nullable T option, @Nullable T configured, T fallback) {
    return option != null ? option : configured != null ? configured : fallback;
  }

  /** Serves until the process is told to end, then lets jobs clean up. */
  static void untilEnded(ApiServer server) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "keymux-stop"));
    never.await();
  }
}

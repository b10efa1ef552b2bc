package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.cli.syntax.UsageException;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** {@code keymux serve}: the HTTP service. */
record ServeCommand(Console console) implements Command {
  private static final CommandOption CONFIG =
      CommandOption.one(
          "--config",
          "FILE",
          "YAML: host, port, roots, workers, keyServer; options given here win.");
  private static final CommandOption HOST =
      CommandOption.one(
          "--host",
          "HOST",
          "Address (default: 127.0.0.1); another than loopback needs security.apiKeys.");
  private static final CommandOption PORT =
      CommandOption.one("--port", "PORT", "0 takes a free one (default: 8080).");
  private static final CommandOption ROOT =
      CommandOption.repeated(
          "--root",
          "DIR",
          "Folder that jobs may read and write (default: the current one); repeatable.");
  private static final CommandOption WORKERS =
      CommandOption.one("--workers", "N", "How many jobs run at once (default: 1).");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux serve",
        List.of(
            "Runs the HTTP service: jobs, media, the embedded key server.",
            "Beyond loopback addresses it listens only if clients must prove who they are."),
        null,
        List.of(CONFIG, HOST, PORT, ROOT, WORKERS, DataOption.DATA));
  }

  @Override
  public int run(Arguments given) throws InterruptedException {
    Value config = given.optional(CONFIG);
    ConfigFile file =
        (config == null ? ConfigFile.EMPTY : ConfigFile.read(config.path()))
            .with(console.environment());
    ServiceSettings settings = settings(given, file);
    ApiServer server = KeymuxService.start(settings, DataOption.open(given, console));
    console.out().println("Keymux answers at " + server.uri());
    console.out().flush();
    untilEnded(server);
    return ExitCode.OK;
  }

  private ServiceSettings settings(Arguments given, ConfigFile file) {
    int chosenPort = first(whole(given, PORT), file.port(), 8080);
    int chosenWorkers = first(whole(given, WORKERS), file.workers(), 1);
    if (chosenPort < 0 || chosenPort > 65535) {
      throw new UsageException(chosenPort + " is not a port.", "Use 0 to 65535.");
    }
    if (chosenWorkers < 1 || chosenWorkers > 64) {
      throw new UsageException(chosenWorkers + " is not a number of workers.", "Use 1 to 64.");
    }
    List<Path> roots = given.values(ROOT).stream().map(Value::path).toList();
    List<Path> chosenRoots =
        !roots.isEmpty() ? roots : file.roots() != null ? file.roots() : List.of(Path.of(""));
    return new ServiceSettings(
        first(given.text(HOST), file.host(), "127.0.0.1"),
        chosenPort,
        chosenRoots.stream().map(Path::toAbsolutePath).toList(),
        file.queueSettings(chosenWorkers),
        file.databaseSettings(console.environment()),
        file.keyServerSettings(console.environment()),
        file.keyExchange(console.environment()),
        file.playersUrl(),
        file.securitySettings(console.environment()),
        file.storageSettings(console.environment()),
        file.mpsSettings(console.environment()),
        file.webhookSettings());
  }

  private static @Nullable Integer whole(Arguments given, CommandOption option) {
    Value value = given.optional(option);
    return value == null ? null : value.whole();
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

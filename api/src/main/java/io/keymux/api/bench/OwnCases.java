package io.keymux.api.bench;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.tool.ProcessUsage;
import io.keymux.packager.tool.ToolCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The floor, {@code cp}, and our engine: warm in this process, and as a process of its own. */
final class OwnCases {
  static final String FLOOR = "cp";

  private static final List<ProtectionScheme> SCHEMES =
      List.of(ProtectionScheme.CENC, ProtectionScheme.CBCS);

  private OwnCases() {}

  static BenchCase floor(BenchInputs inputs) {
    return new ToolCase(
        FLOOR,
        out -> {
          ToolCommand copy = ToolCommand.of(Path.of("cp"));
          inputs.files().forEach(file -> copy.args(file.toString()));
          return List.of(copy.args(out.toString()));
        });
  }

  /**
   * @param cli the java binary, its flags, class path and main class
   */
  static List<BenchCase> keymux(BenchInputs inputs, List<String> cli) {
    List<BenchCase> cases = new ArrayList<>();
    for (ProtectionScheme scheme : SCHEMES) {
      cases.add(new WarmEngine(inputs, scheme));
    }
    for (ProtectionScheme scheme : SCHEMES) {
      cases.add(cold(inputs, scheme, cli));
    }
    return cases;
  }

  private static BenchCase cold(BenchInputs inputs, ProtectionScheme scheme, List<String> cli) {
    return new ToolCase(
        "Keymux, cold CLI, " + scheme.fourCc(),
        out -> {
          ToolCommand command = ToolCommand.of(Path.of(cli.get(0)));
          cli.stream().skip(1).forEach(command::args);
          command.args("package");
          inputs.files().forEach(file -> command.args(file.toString()));
          command
              .args("--content-id", "bench", "--scheme", scheme.fourCc(), "--verify", "none")
              .args("-o", out.toString(), "--key")
              .secretArg(TestKey.KID + ":" + TestKey.KEY);
          return List.of(command);
        });
  }

  /** A job in this process, which has run others before. */
  private record WarmEngine(BenchInputs inputs, ProtectionScheme scheme) implements BenchCase {

    @Override
    public String name() {
      return "Keymux, warm in process, " + scheme.fourCc();
    }

    @Override
    public List<String> commands() {
      return List.of("Keymux.packager().keys(testKey).run(job) with VerifyLevel.NONE");
    }

    @Override
    public Measurement run(Path out) throws InterruptedException {
      PackagingJob.Builder job =
          PackagingJob.builder()
              .contentId("bench")
              .scheme(scheme)
              .verify(VerifyLevel.NONE)
              .output(out);
      inputs.files().forEach(job::input);
      ProcessUsage usage = ProcessUsage.ofThisProcess();
      Duration before = usage.cpu();
      long start = System.nanoTime();
      Keymux.packager().keys(TestKey::exchange).run(job.build());
      double wall = (System.nanoTime() - start) / 1e9;
      usage.sample();
      return new Measurement(wall, usage.cpu().minus(before).toNanos() / 1e9, usage.peakRssBytes());
    }
  }
}

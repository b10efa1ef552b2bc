package io.keymux.api.cli;

import io.keymux.api.job.PlanView;
import io.keymux.api.json.Json;
import io.keymux.packager.JobPreview;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keymux plan}: what {@code package} would do. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Prints what package would do with the same options: tracks, rules, KIDs, files.",
      "No key server is asked unless --with-keys is given; keys are never printed."
    })
final class PlanCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private PackagingOptions packaging = new PackagingOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "out",
      description = "As for package; nothing is written.")
  private Path output = Path.of("out");

  @Mixin private KeyOptions keys = new KeyOptions();

  @Option(names = "--with-keys", description = "Get the keys and show the KIDs they really have.")
  private boolean withKeys;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    PackagingJob job = packaging.job(output).build();
    Keymux packager = Keymux.packager();
    JobPreview plan = (withKeys ? packager.keys(keys.exchange(console)) : packager).plan(job);
    if (json) {
      console.out().println(Json.line(PlanView.of(plan)));
    } else {
      print(plan, console.out());
    }
    return ExitCode.OK;
  }

  private static void print(JobPreview plan, PrintWriter out) {
    out.println(
        "content id %s, %s, %s"
            .formatted(
                plan.contentId(),
                plan.scheme().fourCc(),
                plan.systems().stream().map(s -> s.id()).collect(Collectors.joining(", "))));
    out.println("tracks:");
    for (JobPreview.TrackPreview track : plan.tracks()) {
      out.println("  %s, %d segments".formatted(track.track().describe(), track.segments()));
      out.println(
          track.keyId() == null
              ? "    clear"
              : "    KID %s%s, %s"
                  .formatted(
                      track.keyId(), plan.keysAsked() ? "" : " (as asked for)", track.rule()));
    }
    out.println("files:");
    plan.files().forEach(file -> out.println("  " + file));
    plan.notes().forEach(note -> out.println("note: " + note));
  }
}

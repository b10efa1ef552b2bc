package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.job.PlanView;
import io.keymux.api.json.Json;
import io.keymux.packager.JobPreview;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.ThumbnailTrack;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code keymux plan}: what {@code package} would do. */
record PlanCommand(Console console) implements Command {
  private static final CommandOption OUTPUT =
      CommandOption.one("--output", "DIR", "As for package; nothing is written.")
          .withLetter("o")
          .orElse("out");
  private static final CommandOption WITH_KEYS =
      CommandOption.flag("--with-keys", "Get the keys and show the KIDs they really have.");
  private static final CommandOption JSON = CommandOption.flag("--json", "Print one JSON object.");

  @Override
  public Syntax syntax() {
    List<CommandOption> options = new ArrayList<>(PackagingOptions.OPTIONS);
    options.add(OUTPUT);
    options.addAll(SignalingOptions.OPTIONS);
    options.addAll(EngineOptions.OPTIONS);
    options.addAll(KeyOptions.OPTIONS);
    options.add(WITH_KEYS);
    options.add(JSON);
    return Syntax.of(
        "keymux plan",
        List.of(
            "Prints what package would do with the same options: tracks, rules, KIDs, files.",
            "No key server is asked unless --with-keys is given; keys are never printed."),
        PackagingOptions.INPUTS,
        options);
  }

  @Override
  public int run(Arguments given) throws InterruptedException {
    try (RemoteFiles remote = new RemoteFiles(given, console)) {
      return run(given, remote);
    }
  }

  private int run(Arguments given, RemoteFiles remote) throws InterruptedException {
    Path output = Path.of("output"); // Nothing is written there.
    PackagingJob job = PackagingOptions.job(given, output, remote, console).build();
    Keymux packager = Keymux.packager().engine(EngineOptions.engine(given, console));
    if (given.has(WITH_KEYS)) {
      packager = packager.keys(KeyOptions.exchange(given, console));
    }
    JobPreview plan = packager.plan(job);
    if (given.has(JSON)) {
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
              ? "    clear: " + track.rule()
              : "    KID %s%s, %s"
                  .formatted(
                      track.keyId(), plan.keysAsked() ? "" : " (as asked for)", track.rule()));
      if (track.resolution() != null) {
        track.resolution().others().forEach(why -> out.println("      " + why));
      }
    }
    for (ThumbnailTrack images : plan.thumbnails()) {
      out.println("  " + ResultText.describe(images));
    }
    out.println("files:");
    plan.files().forEach(file -> out.println("  " + file));
    plan.notes().forEach(note -> out.println("note: " + note));
  }
}

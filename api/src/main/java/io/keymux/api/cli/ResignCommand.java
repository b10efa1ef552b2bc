package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Positional;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.json.Json;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.packager.Keymux;
import io.keymux.packager.ResignResult;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.ResignJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code keymux resign}: new signalling for a packaged asset; its media stays as it is. */
record ResignCommand(Console console) implements Command {
  private static final CommandOption DRM =
      CommandOption.list(
              "--drm", "SYSTEM", "widevine,playready,fairplay,clearkey (default: {default}).")
          .orElse("widevine,playready");
  private static final CommandOption CONTENT_ID =
      CommandOption.one(
          "--content-id",
          "ID",
          "The asset's name at the key server (default: that of its keymux-report.json).");
  private static final CommandOption PRESET =
      CommandOption.one(
          "--preset",
          "RULE",
          "By which keys are asked for (default: that of its keymux-report.json,",
          "else the first of preset0, per-type and preset1 that fits its KIDs).");
  private static final CommandOption VERIFY =
      CommandOption.one("--verify", "LEVEL", "none, structure or full (default: {default}).")
          .orElse("full");

  @Override
  public Syntax syntax() {
    List<CommandOption> options = new ArrayList<>();
    options.add(PackageCommand.OUTPUT);
    options.add(DRM);
    options.add(CONTENT_ID);
    options.add(PRESET);
    options.addAll(SignalingOptions.OPTIONS);
    options.add(VERIFY);
    options.addAll(KeyOptions.OPTIONS);
    options.add(PackageCommand.JSON);
    return Syntax.of(
        "keymux resign",
        List.of(
            "Gives a packaged asset new pssh boxes, key lines and descriptors in another folder.",
            "KIDs, scheme, IVs and all media stay; files that stay are linked where they can be."),
        Positional.one("PATH", "A folder with manifest.mpd or master.m3u8, or one of these files."),
        options);
  }

  @Override
  public int run(Arguments given) throws InterruptedException {
    Path asset = given.positionals().get(0).path();
    AssetReport report = AssetReport.beside(asset);
    Set<DrmSystem> systems = new LinkedHashSet<>();
    for (Value system : given.values(DRM)) {
      systems.add(Converters.system(system));
    }
    Value preset = given.optional(PRESET);
    String contentId = given.text(CONTENT_ID);
    ResignJob job =
        new ResignJob(
            asset,
            RemoteFiles.local(given.value(PackageCommand.OUTPUT)),
            contentId == null ? report.contentId() : contentId,
            systems,
            SignalingOptions.read(given),
            preset == null ? report.keyRule() : Converters.rule(preset),
            Converters.verify(given.value(VERIFY)));
    KeyExchange exchange = KeyOptions.exchange(given, console);
    CancelToken cancel = new CancelToken();
    Cancellation cancellation = Cancellation.of(cancel);
    try {
      run(job, exchange, cancel, given.has(PackageCommand.JSON));
      return ExitCode.OK;
    } catch (DrmException e) {
      return cancellation.report(e, console);
    } finally {
      cancellation.end();
      KeyOptions.close(exchange);
    }
  }

  private void run(ResignJob job, KeyExchange exchange, CancelToken cancel, boolean json)
      throws InterruptedException {
    Keymux packager = Keymux.packager().keys(exchange);
    if (json) {
      console.out().println(Json.line(json(packager.resign(job, ProgressListener.NONE, cancel))));
      return;
    }
    ProgressDisplay display = new ProgressDisplay(console.err(), console.columns());
    ResignResult result;
    try {
      result = packager.resign(job, display, cancel);
    } finally {
      display.end();
    }
    console
        .out()
        .println(
            "Signalled %d keys anew for %s; %d samples decrypted."
                .formatted(
                    result.keyIds().size(),
                    String.join(", ", job.systems().stream().map(DrmSystem::id).toList()),
                    result.verification().samplesDecrypted()));
    result.keyIds().forEach(id -> console.out().println("  KID " + id));
    for (String manifest : result.manifests()) {
      if (!manifest.contains("/")) {
        console.out().println(job.output().resolve(manifest));
      }
    }
  }

  private static Map<String, Object> json(ResignResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("event", "result");
    json.put("contentId", result.job().contentId());
    json.put("systems", result.job().systems().stream().map(DrmSystem::id).toList());
    json.put("keyIds", result.keyIds().stream().map(KeyId::toString).toList());
    json.put("output", result.job().output().toString());
    json.put("manifests", result.manifests());
    json.put("samplesDecrypted", result.verification().samplesDecrypted());
    json.put("findings", result.verification().findings().stream().map(Object::toString).toList());
    return json;
  }
}

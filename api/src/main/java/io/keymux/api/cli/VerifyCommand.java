package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Positional;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.cli.syntax.UsageException;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.json.Json;
import io.keymux.packager.verify.Finding;
import io.keymux.packager.verify.PresentationVerifier;
import io.keymux.packager.verify.VerificationReport;
import io.keymux.packager.verify.VerifyRequest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code keymux verify}: judges a presentation, whoever packaged it. */
record VerifyCommand(Console console) implements Command {
  private static final CommandOption SOURCE =
      CommandOption.repeated(
          "--source",
          "INPUT",
          "A clear MP4 it was made of: video and audio must equal it; repeatable.");
  private static final CommandOption REPORT =
      CommandOption.one("--report", "FORMAT", "text, json or junit (default: {default}).")
          .orElse("text");

  @Override
  public Syntax syntax() {
    List<CommandOption> options = new ArrayList<>(KnownKeys.OPTIONS);
    options.add(SOURCE);
    options.add(REPORT);
    return Syntax.of(
        "keymux verify",
        List.of(
            "Checks manifests against media and, as far as keys are known, what samples decrypt to.",
            "Exit code 7 if something is wrong."),
        Positional.one(
            "PATH", "A folder with manifest.mpd or master.m3u8, a manifest, or a fragmented MP4."),
        options);
  }

  @Override
  public int run(Arguments given) {
    String path = given.positionals().get(0).text();
    String format = Converters.oneOf(given.value(REPORT), "text", "json", "junit");
    List<Path> sources = given.values(SOURCE).stream().map(Value::path).toList();
    VerificationReport report =
        PresentationVerifier.verify(
            new VerifyRequest(local(path), KnownKeys.known(given, console), sources));
    switch (format) {
      case "json" -> console.out().println(Json.line(json(path, report)));
      case "junit" -> console.out().print(JunitReport.of(path, report));
      default -> text(report);
    }
    return report.passed() ? ExitCode.OK : ExitCode.VERIFICATION;
  }

  private static Path local(String path) {
    if (path.matches("(?i)https?://.*")) {
      throw new UsageException(
          "Presentations on web servers are not read in this version.", "Give a local path.");
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new UsageException("\"" + path + "\" is not a path.", "Correct it.");
    }
  }

  private void text(VerificationReport report) {
    report.findings().forEach(finding -> console.out().println(finding));
    console
        .out()
        .println(
            "%s: %d tracks, %d fragments, %d samples decrypted, %d of them equal to the source."
                .formatted(
                    report.passed() ? "Passed" : "Failed",
                    report.tracks(),
                    report.fragments(),
                    report.samplesDecrypted(),
                    report.samplesCompared()));
  }

  private Map<String, Object> json(String path, VerificationReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("path", path);
    json.put("passed", report.passed());
    json.put("tracks", report.tracks());
    json.put("fragments", report.fragments());
    json.put("samplesDecrypted", report.samplesDecrypted());
    json.put("samplesEqualToSource", report.samplesCompared());
    json.put("findings", report.findings().stream().map(VerifyCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    json.put("code", finding.code());
    json.put("place", finding.place());
    json.put("message", finding.message());
    return json;
  }
}

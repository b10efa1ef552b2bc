package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Positional;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.cli.syntax.UsageException;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.json.Json;
import io.keymux.api.storage.RemoteFolder;
import io.keymux.api.storage.StorageUrl;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
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
    options.add(KeyOptions.CONFIG);
    return Syntax.of(
        "keymux verify",
        List.of(
            "Checks manifests against media and, as far as keys are known, what samples decrypt to.",
            "Exit code 7 if something is wrong."),
        Positional.one(
            "PATH|URL",
            "A folder with manifest.mpd or master.m3u8, a manifest, or a fragmented MP4;",
            "or the URL of one, https://HOST/PATH or s3://BUCKET/KEY; of a folder with",
            "a slash at its end."),
        options);
  }

  @Override
  public int run(Arguments given) {
    String path = given.positionals().get(0).text();
    String format = Converters.oneOf(given.value(REPORT), "text", "json", "junit");
    List<Path> sources = given.values(SOURCE).stream().map(Value::path).toList();
    VerificationReport report = verify(path, given, sources);
    switch (format) {
      case "json" -> console.out().println(Json.line(json(shown(path), report)));
      case "junit" -> console.out().print(JunitReport.of(shown(path), report));
      default -> text(report);
    }
    return report.passed() ? ExitCode.OK : ExitCode.VERIFICATION;
  }

  private VerificationReport verify(String path, Arguments given, List<Path> sources) {
    Map<KeyId, SecretBytes> keys = KnownKeys.known(given, console);
    if (!StorageUrl.isRemote(path)) {
      return PresentationVerifier.verify(new VerifyRequest(local(path), keys, sources));
    }
    try (RemoteFiles remote = new RemoteFiles(given, console);
        TemporaryFolder folder = TemporaryFolder.make()) {
      RemoteFolder presentation = remote.folder(path, folder.path());
      Path begin = presentation.begin();
      return PresentationVerifier.verify(new VerifyRequest(begin, keys, sources), presentation);
    }
  }

  /** Without a query, which may be a signature. */
  private static String shown(String path) {
    return StorageUrl.isRemote(path) ? path.replaceFirst("\\?.*$", "") : path;
  }

  private static Path local(String path) {
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

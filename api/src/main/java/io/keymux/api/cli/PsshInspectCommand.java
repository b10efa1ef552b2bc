package io.keymux.api.cli;

import io.keymux.api.json.Json;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.signaling.PsshDescription;
import io.keymux.cpix.signaling.PsshInspector;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keymux pssh inspect}: what initialization data says. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Prints what pssh boxes, PlayReady objects or Widevine data say.")
final class PsshInspectCommand implements Callable<Integer> {
  private static final int LIMIT_BYTES = 64 << 20;

  private final Console console;

  @Parameters(
      paramLabel = "HEX|BASE64|FILE",
      description = "The data, or a file with it, such as an init segment; - reads standard input.")
  private String input = "-";

  @Option(names = "--json", description = "Print one JSON array.")
  private boolean json;

  PsshInspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<PsshDescription> found = PsshInspector.inspect(data());
    if (json) {
      console.out().println(Json.line(found.stream().map(PsshInspectCommand::view).toList()));
    } else {
      found.forEach(description -> console.out().print(description.toText()));
    }
    return ExitCode.OK;
  }

  /** A file if there is one of that name, else hex if it is, else base64. */
  private byte[] data() {
    if (input.equals("-") || isFile(input)) {
      return InputFile.read(input, console, LIMIT_BYTES);
    }
    String hex = input.startsWith("0x") || input.startsWith("0X") ? input.substring(2) : input;
    if (hex.matches("([0-9a-fA-F]{2})+")) {
      return HexFormat.of().parseHex(hex);
    }
    try {
      return Base64.getDecoder().decode(input);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "The argument is neither a file, nor hex, nor base64.", "Check it for missing digits.");
    }
  }

  private static Map<String, Object> view(PsshDescription description) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("kind", description.kind());
    view.put("keyIds", description.keyIds().stream().map(KeyId::toString).toList());
    view.put("fields", description.fields());
    view.put("problems", description.problems());
    return view;
  }

  private static boolean isFile(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}

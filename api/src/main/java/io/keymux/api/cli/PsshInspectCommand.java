package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Positional;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.cli.syntax.UsageException;
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

/** {@code keymux pssh inspect}: what initialization data says. */
record PsshInspectCommand(Console console) implements Command {
  private static final int LIMIT_BYTES = 64 << 20;
  private static final CommandOption JSON = CommandOption.flag("--json", "Print one JSON array.");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux pssh inspect",
        List.of("Prints what pssh boxes, PlayReady objects or Widevine data say."),
        Positional.one(
            "HEX|BASE64|FILE",
            "The data, or a file with it, such as an init segment; - reads standard input."),
        List.of(JSON));
  }

  @Override
  public int run(Arguments given) {
    List<PsshDescription> found = PsshInspector.inspect(data(given.positionals().get(0).text()));
    if (given.has(JSON)) {
      console.out().println(Json.line(found.stream().map(PsshInspectCommand::view).toList()));
    } else {
      found.forEach(description -> console.out().print(description.toText()));
    }
    return ExitCode.OK;
  }

  /** A file if there is one of that name, else hex if it is, else base64. */
  private byte[] data(String input) {
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

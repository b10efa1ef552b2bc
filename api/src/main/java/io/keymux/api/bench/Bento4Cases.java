package io.keymux.api.bench;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.Layout;
import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bento4. Single file: fragmented, then encrypted, without manifests. Segments: fragmented, then
 * its packaging script, which runs {@code mp4encrypt} and splits; it writes HLS with cbcs only.
 */
final class Bento4Cases {
  private final PeerSetup setup;

  Bento4Cases(PeerSetup setup) {
    this.setup = setup;
  }

  /**
   * @param notes gets a line if the script or its interpreter is missing
   */
  List<BenchCase> of(Layout layout, List<String> notes) throws InterruptedException {
    List<BenchCase> cases = new ArrayList<>();
    if (layout == Layout.SINGLE_FILE) {
      OwnCases.SCHEMES.forEach(scheme -> cases.add(encrypted(scheme)));
      return cases;
    }
    Path programs = Optional.ofNullable(setup.require(Tool.MP4FRAGMENT).getParent()).orElseThrow();
    Optional<Path> script = script(programs, "mp4-dash.py");
    Optional<Path> python = Python.interpreter(setup.finder());
    if (script.isEmpty() || python.isEmpty()) {
      notes.add(
          "Left out: %s. It needs python3 on PATH and utils/mp4-dash.py in BENTO4_HOME."
              .formatted(Label.MP4DASH));
      return cases;
    }
    for (ProtectionScheme scheme : OwnCases.SCHEMES) {
      cases.add(dashed(scheme, script.get(), python.get()));
    }
    return cases;
  }

  private BenchCase encrypted(ProtectionScheme scheme) {
    Path encrypt = setup.require(Tool.MP4ENCRYPT);
    BenchInputs inputs = setup.inputs();
    String method = scheme.counterMode() ? "MPEG-CENC" : "MPEG-CBCS";
    return new ToolCase(
        new Label(Label.MP4ENCRYPT, scheme, Layout.SINGLE_FILE),
        inputs,
        out -> {
          List<ToolCommand> commands = fragmented(out);
          for (int i = 0; i < inputs.files().size(); i++) {
            ToolCommand command = setup.command(encrypt).args("--method", method);
            for (BenchInputs.Stream stream : inputs.streams(i)) {
              command
                  .args("--key")
                  .secretArg(stream.trackId() + ":" + TestKey.KEY + ":" + TestKey.IV16)
                  .args("--property", stream.trackId() + ":KID:" + TestKey.KID);
            }
            commands.add(command.args(fragments(out, i), out.resolve(i + ".mp4").toString()));
          }
          return commands;
        });
  }

  private BenchCase dashed(ProtectionScheme scheme, Path script, Path python) {
    Path programs = Optional.ofNullable(setup.require(Tool.MP4ENCRYPT).getParent()).orElseThrow();
    return new ToolCase(
        new Label(Label.MP4DASH, scheme, Layout.SEGMENTS),
        setup.inputs(),
        out -> {
          List<ToolCommand> commands = fragmented(out);
          ToolCommand command =
              setup
                  .command(python)
                  .args(script.toString(), "-f", "-o", out.resolve("dash").toString())
                  .args("--exec-dir", programs.toString(), "--use-segment-timeline");
          if (!scheme.counterMode()) {
            command.args("--hls");
          }
          command
              .args("--encryption-cenc-scheme", scheme.fourCc(), "--encryption-key")
              .secretArg(TestKey.KID + ":" + TestKey.KEY + ":" + TestKey.IV16);
          for (int i = 0; i < setup.inputs().files().size(); i++) {
            command.args(fragments(out, i));
          }
          commands.add(command);
          return commands;
        });
  }

  private List<ToolCommand> fragmented(Path out) {
    Path program = setup.require(Tool.MP4FRAGMENT);
    List<ToolCommand> commands = new ArrayList<>();
    for (int i = 0; i < setup.inputs().files().size(); i++) {
      commands.add(
          setup
              .command(program)
              .args("--fragment-duration", "6000", setup.inputs().files().get(i).toString())
              .args(fragments(out, i)));
    }
    return commands;
  }

  private static String fragments(Path out, int file) {
    return out.resolve(file + ".f.mp4").toString();
  }

  /**
   * Beside the programs, or beside their bin folder.
   *
   * @param programs the folder of the programs
   */
  static Optional<Path> script(Path programs, String name) {
    List<Path> places = new ArrayList<>();
    for (Path place = programs; place != null && places.size() < 2; place = place.getParent()) {
      places.add(place.resolve("utils").resolve(name));
    }
    return places.stream().filter(Files::isReadable).findFirst();
  }
}

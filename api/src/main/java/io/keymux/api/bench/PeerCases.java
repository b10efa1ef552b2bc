package io.keymux.api.bench;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.Layout;
import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of other packagers for the same task: encrypt, cut at 6 s, write manifests. */
final class PeerCases {
  private final PeerSetup setup;

  PeerCases(PeerSetup setup) {
    this.setup = setup;
  }

  /**
   * @param notes gets a line for what cannot be measured
   * @throws io.keymux.packager.tool.ToolException if a program of it is not there
   */
  List<BenchCase> of(Peer peer, Layout layout, List<String> notes) throws InterruptedException {
    peer.tools().forEach(setup::require);
    return switch (peer) {
      case SHAKA -> new ShakaCases(setup).of(layout);
      case BENTO4 -> new Bento4Cases(setup).of(layout, notes);
      case GPAC -> OwnCases.SCHEMES.stream().map(scheme -> gpac(scheme, layout)).toList();
      case FFMPEG -> layout == Layout.SINGLE_FILE ? List.of(ffmpeg()) : List.of();
    };
  }

  /** One process; a single file for each track has a {@code sidx} and HLS byte ranges. */
  private BenchCase gpac(ProtectionScheme scheme, Layout layout) {
    Path program = setup.require(Tool.GPAC);
    Path configuration = GpacConfiguration.write(setup.work(), scheme, setup.inputs().streams());
    String profile = layout == Layout.SEGMENTS ? "live" : "onDemand";
    return new ToolCase(
        new Label(Label.GPAC, scheme, layout),
        setup.inputs(),
        out -> {
          ToolCommand command = setup.command(program);
          setup.inputs().files().forEach(file -> command.args("-i", file.toString()));
          return List.of(
              command
                  .args("cecrypt:cfile=" + configuration, "-o")
                  .args(
                      "%s:profile=%s:segdur=6:dual:muxtype=mp4"
                          .formatted(out.resolve("m.mpd"), profile)));
        });
  }

  /** It knows cenc only, writes no fragments here, and no manifests. */
  private BenchCase ffmpeg() {
    Path program = setup.require(Tool.FFMPEG);
    List<Path> files = setup.inputs().files();
    return new ToolCase(
        new Label(Label.FFMPEG, ProtectionScheme.CENC, Layout.SINGLE_FILE),
        setup.inputs(),
        out -> {
          List<ToolCommand> commands = new ArrayList<>();
          for (int i = 0; i < files.size(); i++) {
            commands.add(
                setup
                    .command(program)
                    .args("-nostdin", "-v", "error", "-i", files.get(i).toString())
                    .args("-map", "0", "-c", "copy", "-encryption_scheme", "cenc-aes-ctr")
                    .args("-encryption_key")
                    .secretArg(TestKey.KEY)
                    .args("-encryption_kid", TestKey.KID, "-y")
                    .args(out.resolve(i + ".mp4").toString()));
          }
          return commands;
        });
  }
}

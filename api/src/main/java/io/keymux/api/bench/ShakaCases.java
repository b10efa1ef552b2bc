package io.keymux.api.bench;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.TrackType;
import io.keymux.packager.media.Layout;
import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Shaka Packager: one process for all, DASH and HLS. */
final class ShakaCases {
  /** The flags with which it was found to be fastest: smaller ring buffers, larger steps. */
  private static final String[] TUNED = {"--io_cache_size", "4194304", "--io_block_size", "262144"};

  private final PeerSetup setup;

  ShakaCases(PeerSetup setup) {
    this.setup = setup;
  }

  List<BenchCase> of(Layout layout) {
    List<BenchCase> cases = new ArrayList<>();
    for (ProtectionScheme scheme : OwnCases.SCHEMES) {
      cases.add(packaging(new Label(Label.SHAKA, scheme, layout), scheme, layout));
    }
    for (ProtectionScheme scheme : OwnCases.SCHEMES) {
      cases.add(packaging(new Label(Label.SHAKA_TUNED, scheme, layout), scheme, layout, TUNED));
    }
    return cases;
  }

  private BenchCase packaging(Label label, ProtectionScheme scheme, Layout layout, String... more) {
    Path program = setup.require(Tool.SHAKA_PACKAGER);
    BenchInputs inputs = setup.inputs();
    return new ToolCase(
        label,
        inputs,
        out -> {
          ToolCommand command = setup.command(program).args("--quiet");
          for (int i = 0; i < inputs.streams().size(); i++) {
            command.args(stream(inputs.streams().get(i), "t" + i, layout, out));
          }
          command
              .args("--enable_raw_key_encryption", "--keys")
              .secretArg("label=:key_id=" + TestKey.KID + ":key=" + TestKey.KEY)
              .args("--protection_scheme", scheme.fourCc())
              .args("--protection_systems", "Widevine,PlayReady", "--clear_lead", "0", "--iv")
              .args(scheme.counterMode() ? TestKey.IV8 : TestKey.IV16)
              .args("--segment_duration", "6", "--mpd_output", out.resolve("m.mpd").toString())
              .args("--hls_master_playlist_output", out.resolve("m.m3u8").toString())
              .args(more);
          return List.of(command);
        });
  }

  private String stream(BenchInputs.Stream stream, String name, Layout layout, Path out) {
    List<BenchInputs.Stream> file = setup.inputs().streams(stream.file());
    boolean alone = file.stream().filter(s -> s.type() == stream.type()).count() == 1;
    String selector =
        !alone
            ? Integer.toString(stream.trackId() - 1)
            : stream.type() == TrackType.VIDEO ? "video" : "audio";
    String media =
        layout == Layout.SEGMENTS
            ? "init_segment=%1$s/init.mp4,segment_template=%1$s/$Number$.m4s"
            : "output=%1$s.mp4";
    return "in=%s,stream=%s,%s,playlist_name=%s.m3u8"
        .formatted(
            setup.inputs().files().get(stream.file()),
            selector,
            media.formatted(out.resolve(name)),
            name);
  }
}
